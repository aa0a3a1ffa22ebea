-- One row per response to a defection, or one without a response where nobody answered.
select
    decisions.vote_key,
    decisions.decision_id,
    decisions.account_id,
    responses.response_id,
    responses.response_key,
    decisions.decision_kind,
    decisions.outcome,
    decisions.team,
    accounts.segment,
    decisions.amount_usd,
    responses.may_see,
    decisions.has_invitations,
    decisions.decided_on,
    decisions.due_on,
    decisions.closes_on,
    decisions.invited_at,
    responses.submitted_at,
    responses.fetched_at as response_fetched_at,
    decisions.fetched_at as decision_fetched_at
from marts.decisions
-- What was said of a time before the decision came back is no word on this one.
left join marts.responses
    on
        decisions.vote_key = responses.vote_key
        and decisions.retaken_count = responses.retaken_count
left join marts.accounts on decisions.account_id = accounts.account_id
where decisions.is_defection
