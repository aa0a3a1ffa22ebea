-- One row per reason our side logged for a decision.
with shown as (

    -- An edition made earlier than this build may have shown the answer; this one has not yet.
    select
        responses.decision_id,
        min(editions.as_of) as first_shown_at
    from ops.editions
    inner join marts.responses
        on responses.may_see and editions.as_of >= responses.fetched_at
    where editions.body_hash is not null and editions.as_of < getvariable('as_of')
    group by responses.decision_id

)

select
    seller_reasons.decision_id,
    marts.opaque(getvariable('salt'), seller_reasons.decision_id) as vote_key,
    seller_reasons.seller_id,
    seller_reasons.seller_value,
    seller_reasons.reason,
    reasons.parent,
    coalesce(reasons.label, 'an unsorted reason') as label,
    seller_reasons.seller_text,
    seller_reasons.confidence,
    seller_reasons.recorded_at,
    shown.first_shown_at,
    seller_reasons.recorded_at <= coalesce(shown.first_shown_at, timestamptz '9999-01-01')
        as is_knowing,
    seller_reasons.fetched_at
from staging.seller_reasons
inner join staging.decisions using (decision_id)
left join shown using (decision_id)
left join staging.reasons on seller_reasons.reason = reasons.reason
