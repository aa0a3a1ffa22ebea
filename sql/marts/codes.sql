-- One row per reason found in one answer, with the span that shows it: a person's where a person
-- has coded the words, otherwise the coder's.
with given as (

    select
        *,
        'human' as coder,
        1.0::double as confidence
    from staging.standing_labels
    where reason is not null

    union all by name

    select
        codes.text_hash,
        codes.stance,
        codes.reason,
        codes.is_primary,
        codes.polarity,
        codes.span_start,
        codes.span_end,
        codes.coder,
        codes.confidence
    from staging.codes
    anti join staging.standing_labels as standing
        on codes.text_hash = standing.text_hash and codes.stance = standing.stance
    where codes.is_suggested is distinct from true

),

-- The words in which somebody last marked a reason.
marked as (

    select
        text_hash,
        reason,
        span_start,
        span_end
    from staging.labels
    where reason is not null and span_start is not null and span_end is not null
    qualify row_number() over (
        partition by text_hash, reason
        order by labelled_at desc, fetched_at desc, label_id desc, span_start asc, stance asc
    ) = 1

),

-- Who did not say how it was meant meant what the coder heard, or what the decision says; who did
-- not mark words meant those that somebody else marked, or the coder, or all of them.
resolved as (

    select
        verbatims.verbatim_key,
        verbatims.response_key,
        verbatims.response_id,
        verbatims.question_ref,
        given.reason,
        coalesce(reasons.parent, given.reason) as parent,
        given.is_primary,
        coalesce(
            given.polarity,
            heard.polarity,
            reasons.polarity,
            case verbatims.stance when 'against' then 'ours_bad' when 'for' then 'ours_good' end,
            'neutral'
        ) as polarity,
        coalesce(
            given.span_start,
            marked.span_start,
            heard.span_start,
            length(regexp_extract(verbatims.text, '^[\s\v\x1c-\x1f\x85\pZ]+'))
        ) as span_start,
        coalesce(
            given.span_end,
            marked.span_end,
            heard.span_end,
            length(regexp_replace(verbatims.text, '[\s\v\x1c-\x1f\x85\pZ]+$', ''))
        ) as span_end,
        given.coder,
        given.confidence,
        codings.codebook_version
    from marts.verbatims
    inner join given using (text_hash, stance)
    left join staging.codings using (text_hash, stance)
    left join staging.codes as heard
        on
            verbatims.text_hash = heard.text_hash
            and verbatims.stance = heard.stance
            and given.reason = heard.reason
    left join marked
        on verbatims.text_hash = marked.text_hash and given.reason = marked.reason
    left join staging.reasons on given.reason = reasons.reason

)

select
    * replace (
        -- A person who marked no main reason meant the first.
        case
            when coder = 'human'
                then row_number() over (
                    partition by verbatim_key
                    order by is_primary desc nulls last, span_start asc, span_end asc, reason asc
                ) = 1
            else is_primary
        end as is_primary
    )
from resolved
