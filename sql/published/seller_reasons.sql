-- Every reason our side logged, without the seller and their notes; where the customer answered
-- in confidence, not for which decision.
with confided as (

    select distinct decision_id
    from work.marts.responses
    where not may_see and decision_id is not null

)

select
    case when confided.decision_id is null then seller_reasons.decision_id end as decision_id,
    seller_reasons.vote_key,
    seller_reasons.seller_value,
    seller_reasons.reason,
    seller_reasons.parent,
    seller_reasons.confidence,
    seller_reasons.recorded_at,
    seller_reasons.is_knowing,
    seller_reasons.fetched_at
from work.marts.seller_reasons
left join confided using (decision_id)
