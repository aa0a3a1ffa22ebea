-- One row per reason our side logged for a decision.
with answered as (

    select
        decision_id,
        min(submitted_at) as answered_at
    from marts.responses
    where vote_key is not null
    group by decision_id

),

judged as (

    select
        seller_reasons.*,
        shown.first_shown_at,
        seller_reasons.recorded_at <= coalesce(shown.first_shown_at, timestamptz '9999-01-01')
            as is_knowing,
        seller_reasons.recorded_at < coalesce(answered.answered_at, timestamptz '9999-01-01')
            as is_before_answer
    from staging.seller_reasons
    left join marts.shown using (decision_id)
    left join answered using (decision_id)

)

select
    judged.decision_id,
    marts.opaque(getvariable('salt'), judged.decision_id) as vote_key,
    judged.seller_id,
    judged.seller_value,
    judged.reason,
    reasons.parent,
    coalesce(
        reasons.label,
        case when judged.seller_value = 'unknown' then 'no reason known' end,
        'an unsorted reason'
    ) as label,
    judged.seller_text,
    judged.confidence,
    judged.logged_in,
    judged.recorded_at,
    judged.first_shown_at,
    judged.is_knowing,
    judged.is_before_answer,
    judged.fetched_at,
    -- A reason stands until a later one that counts as knowing has reached us.
    min(
        case
            when judged.is_knowing and judged.reason is not null
                then greatest(judged.recorded_at, judged.fetched_at)
        end
    ) over (
        partition by judged.decision_id order by judged.recorded_at
        groups between 1 following and unbounded following
    ) as superseded_at
from judged
inner join staging.decisions using (decision_id)
left join staging.reasons on judged.reason = reasons.reason
