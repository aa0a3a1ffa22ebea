-- Every reason our side logged, without the seller and their notes; where the customer answered
-- in confidence, not for which decision, how it was put, or on which day.
with confided as (

    select distinct decision_id
    from work.marts.responses
    where not may_see and vote_key is not null

),

placed as (

    select
        seller_reasons.*,
        confided.decision_id is not null as is_confided,
        dense_rank() over (
            partition by seller_reasons.vote_key order by seller_reasons.recorded_at
        ) as place
    from work.marts.seller_reasons
    left join confided using (decision_id)

)

select
    case when not is_confided then decision_id end as decision_id,
    vote_key,
    case when not is_confided then seller_value end as seller_value,
    reason,
    parent,
    label,
    case when not is_confided then confidence end as confidence,
    case when not is_confided then logged_in end as logged_in,
    -- The week, and the place among the reasons of that decision: enough to tell the last one.
    case
        when is_confided then date_trunc('week', recorded_at) + to_microseconds(place)
        else recorded_at
    end as recorded_at,
    is_knowing,
    is_before_answer,
    superseded_at,
    fetched_at
from placed
order by vote_key, recorded_at, reason
