-- Decisions whose amount is in no sum, for want of its currency or of a rate.
select decision_id
from staging.decisions
where amount is not null and amount_usd is null
