-- Every reason our side logged, without the seller and their notes.
select
    decision_id,
    seller_value,
    reason,
    parent,
    confidence,
    recorded_at,
    is_knowing
from work.marts.seller_reasons
