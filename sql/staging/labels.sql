-- One row per reason a person gave a text under a stance, last time they coded it; one without a
-- reason where none applies.
with received as (

    select * replace (max(fetched_at) over (partition by label_id) as fetched_at)
    from raw.labels

),

latest as (

    select
        *,
        -- Coded anew, a text has the later coding of that person and no other.
        dense_rank() over (
            partition by text_hash, stance, reviewer
            order by labelled_at desc, fetched_at desc, label_id desc
        ) as age
    from received
    qualify age = 1

),

carried as (

    select
        latest.* exclude (age, row_hash, reason),
        case when latest.reason is not null then coalesce(reasons.stands_as, latest.reason) end
            as reason,
        bool_or(latest.reason is not null and reasons.stands_as is null) over (
            partition by latest.label_id, latest.text_hash, latest.stance
        ) as is_outdated,
        -- What was said last decides; a disagreement is settled after those who disagreed. An
        -- outdated coding decides nothing, nor does an older one, which it had outranked.
        dense_rank() over (
            partition by latest.text_hash, latest.stance
            order by latest.labelled_at desc, latest.fetched_at desc, latest.label_id desc
        ) as place
    from latest
    left join staging.reasons on latest.reason = reasons.reason

)

select
    label_id,
    text_hash,
    stance,
    reviewer,
    labelled_at,
    sample,
    is_blind,
    reason,
    is_primary,
    polarity,
    span_start,
    span_end,
    codebook_version,
    place = 1 and not is_outdated as is_standing,
    is_outdated,
    fetched_at
from carried
-- Two reasons that have become one are one.
qualify row_number() over (
    partition by label_id, text_hash, stance, reason
    order by is_primary desc nulls last, span_start asc, span_end asc
) = 1
