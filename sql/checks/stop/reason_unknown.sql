-- A reason the codebook does not have.
select
    decision_reasons.response_key,
    decision_reasons.reason
from marts.decision_reasons
left join seeds.reasons using (reason)
where reasons.reason is null
