-- A mart with two rows for one thing.
select
    'decisions' as mart,
    decision_id as thing
from marts.decisions
group by decision_id
having count(*) > 1

union all

select
    'responses' as mart,
    response_key as thing
from marts.responses
group by response_key
having count(*) > 1

union all

select
    'verbatims' as mart,
    verbatim_key as thing
from marts.verbatims
group by verbatim_key
having count(*) > 1

union all

select
    'codes' as mart,
    concat(verbatim_key, '|', reason) as thing
from marts.codes
group by verbatim_key, reason
having count(*) > 1

union all

select
    'answers' as mart,
    concat(response_key, '|', question_ref) as thing
from marts.answers
group by response_key, question_ref
having count(*) > 1

union all

select
    'decision_reasons' as mart,
    concat(response_key, '|', source, '|', reason) as thing
from marts.decision_reasons
group by response_key, source, reason
having count(*) > 1

union all

select
    'accounts' as mart,
    account_id as thing
from marts.accounts
group by account_id
having count(*) > 1

union all

select
    'invitations' as mart,
    invitation_id as thing
from marts.invitations
group by invitation_id
having count(*) > 1

union all

select
    'promises' as mart,
    concat(promise_key, '|', response_key) as thing
from marts.promises
group by promise_key, response_key
having count(*) > 1
