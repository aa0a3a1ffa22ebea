-- Every reason our side logged, without the seller and their notes, and how it was put only where
-- the CRM holds it. Where nobody was heard openly, the reason and its thirteen weeks alone.
with heard_openly as (

    select decision_id
    from work.marts.responses
    where vote_key is not null
    group by decision_id
    having bool_and(may_see)

),

judged as (

    select
        seller_reasons.*,
        heard_openly.decision_id is not null as is_open,
        heard_openly.decision_id is not null and seller_reasons.logged_in = 'crm' as is_crm
    from work.marts.seller_reasons
    left join heard_openly using (decision_id)

)

select
    case when is_open then decision_id end as decision_id,
    case when is_open then vote_key end as vote_key,
    case when is_crm then seller_value end as seller_value,
    reason,
    parent,
    label,
    case when is_crm then confidence end as confidence,
    marts.veiled(recorded_at, is_open, recorded_at, last_run.as_of) as recorded_at,
    case when is_open then is_knowing end as is_knowing,
    case when is_open then is_before_answer end as is_before_answer,
    marts.veiled(superseded_at, is_open, superseded_at, last_run.as_of) as superseded_at,
    marts.veiled(fetched_at, is_open, recorded_at, last_run.as_of) as fetched_at
from judged
cross join (select max(as_of) as as_of from work.ops.runs) as last_run
order by
    case when is_open then vote_key end nulls last,
    marts.veiled(recorded_at, is_open, recorded_at, last_run.as_of),
    reason
