-- One row per reason found in one answer, with the span that shows it: a person's where a person
-- has coded the words, otherwise the coder's.
with words as (

    select
        verbatims.verbatim_key,
        verbatims.response_key,
        verbatims.response_id,
        verbatims.question_ref,
        verbatims.text_hash,
        verbatims.stance
    from marts.verbatims
    where verbatims.response_key in (select response_key from renewed)

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
people as (

    select
        words.*,
        given.reason,
        given.is_primary,
        coalesce(given.polarity, heard.polarity) as polarity,
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
        'human' as coder,
        1.0::double as confidence,
        codings.codebook_version
    from staging.standing_labels as given
    inner join words using (text_hash, stance)
    inner join marts.verbatims using (verbatim_key)
    left join staging.codings using (text_hash, stance)
    left join staging.codes as heard using (text_hash, stance, reason)
    left join marked using (text_hash, reason)
    where given.reason is not null

),

found as (

    select
        words.*,
        codes.reason,
        codes.is_primary,
        codes.polarity,
        codes.span_start,
        codes.span_end,
        codes.coder,
        codes.confidence,
        codes.codebook_version
    from staging.codes
    inner join words using (text_hash, stance)
    anti join staging.standing_labels as standing
        on codes.text_hash = standing.text_hash and codes.stance = standing.stance
    where codes.is_suggested is distinct from true

    union all by name

    select
        * replace (
            -- A person who marked no main reason meant the first.
            row_number() over (
                partition by verbatim_key
                order by is_primary desc nulls last, span_start asc, span_end asc, reason asc
            ) = 1 as is_primary
        )
    from people

)

select
    found.verbatim_key,
    found.response_key,
    found.response_id,
    found.question_ref,
    found.reason,
    coalesce(reasons.parent, found.reason) as parent,
    found.is_primary,
    coalesce(
        found.polarity,
        reasons.polarity,
        case found.stance when 'against' then 'ours_bad' when 'for' then 'ours_good' end,
        'neutral'
    ) as polarity,
    found.span_start,
    found.span_end,
    found.coder,
    found.confidence,
    found.codebook_version
from found
left join staging.reasons on found.reason = reasons.reason
