-- One row per response whose words are read anew: it was unfolded now, it left, or the decision
-- it is about has turned.
select response_key from leaving

union

select concat(due.form_id, '/', due.response_id) as response_key
from due

union

select verbatims.response_key
from staging.verbatims
inner join staging.responses on verbatims.response_key = responses.response_key
left join staging.decisions on responses.decision_id = decisions.decision_id
where
    verbatims.stance is distinct from staging.stance(
        decisions.is_defection, decisions.decision_kind, responses.form_kind
    )
