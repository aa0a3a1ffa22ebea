-- One row per reason found in one answer, with the span that shows it: a person's where a person
-- has coded the words, otherwise the coder's.
with standing as (

    select *
    from staging.labels
    where is_standing

),

given as (

    select
        text_hash,
        stance,
        reason,
        -- A person who marked no main reason meant the first.
        row_number() over (
            partition by text_hash, stance
            order by is_primary desc nulls last, span_start asc, span_end asc, reason asc
        ) = 1 as is_primary,
        polarity,
        span_start,
        span_end,
        'human' as coder,
        1.0::double as confidence
    from standing
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
    anti join standing on codes.text_hash = standing.text_hash and codes.stance = standing.stance
    where codes.is_suggested is distinct from true

)

select
    verbatims.verbatim_key,
    verbatims.response_key,
    verbatims.response_id,
    verbatims.question_ref,
    given.reason,
    coalesce(reasons.parent, given.reason) as parent,
    given.is_primary,
    -- Who did not say how it was meant meant what the coder heard, or what the decision says.
    coalesce(
        given.polarity,
        heard.polarity,
        reasons.polarity,
        case verbatims.stance when 'against' then 'ours_bad' when 'for' then 'ours_good' end,
        'neutral'
    ) as polarity,
    given.span_start,
    given.span_end,
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
left join staging.reasons on given.reason = reasons.reason
