-- One row per respondent's word on what we had promised.
select
    response_key,
    response_id,
    decision_id,
    vote_key,
    account_id,
    choice_refs[1] as their_verdict,
    submitted_at
from marts.answers
where question_ref = 'promise_kept' and choice_refs[1] is not null
