-- A response whose decision the CRM export does not have.
select responses.response_key
from staging.responses
left join staging.decisions using (decision_id)
where responses.decision_id is not null and decisions.decision_id is null
