-- Every state of a decision as our CRM tells it; nothing in it is a customer's word.
select
    decision_id,
    holds_from,
    holds_until,
    decision_kind,
    outcome,
    stage,
    amount_usd,
    competitor,
    retaken_count,
    is_latest,
    told_by,
    fetched_at
from work.marts.decision_history
order by decision_id, holds_from
