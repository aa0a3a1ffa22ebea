-- Every response of a customer; its decision and account only where the respondent allows it.
select
    responses.response_key,
    responses.form_id,
    responses.form_kind,
    responses.response_id,
    case when responses.may_see then responses.decision_id end as decision_id,
    responses.vote_key,
    case when responses.may_see then responses.account_id end as account_id,
    responses.block,
    responses.may_see,
    responses.may_quote,
    case when responses.may_see then responses.landed_at end as landed_at,
    marts.veiled(responses.submitted_at, responses.may_see, heard.counted_on, last_run.as_of)
        as submitted_at
from work.marts.responses
inner join work.marts.heard using (response_key)
cross join (select max(as_of) as as_of from work.ops.runs) as last_run
order by responses.response_key
