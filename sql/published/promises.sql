-- Every word on what we had promised; its decision and account only where allowed.
select
    promises.response_key,
    promises.response_id,
    case when responses.may_see then promises.decision_id end as decision_id,
    promises.vote_key,
    case when responses.may_see then promises.account_id end as account_id,
    promises.their_verdict
from work.marts.promises
inner join work.marts.responses using (response_key)
order by promises.response_key
