-- Every defection and who answered. Only one that was heard openly can be told which it is: were
-- the silent ones, too, those left over would be the ones heard in confidence.
select
    coverage.vote_key,
    case when coverage.may_see then coverage.decision_id end as decision_id,
    case when coverage.may_see then coverage.account_id end as account_id,
    coverage.response_id,
    coverage.decision_kind,
    case when coverage.may_see then coverage.outcome end as outcome,
    case when coverage.may_see then coverage.team end as team,
    case when coverage.may_see then coverage.segment end as segment,
    case when coverage.may_see then coverage.amount_usd end as amount_usd,
    coverage.may_see,
    coverage.has_invitations,
    decisions.ask_state,
    marts.veiled(
        coverage.decided_on, coverage.may_see, coverage.closes_on, last_run.as_of
    ) as decided_on,
    marts.veiled(coverage.due_on, coverage.may_see, coverage.closes_on, last_run.as_of) as due_on,
    marts.veiled(
        coverage.closes_on, coverage.may_see, coverage.closes_on, last_run.as_of
    ) as closes_on,
    -- That it was asked, not when.
    marts.veiled(
        coverage.invited_at, coverage.may_see, coverage.closes_on, last_run.as_of
    ) as invited_at,
    marts.veiled(
        coverage.submitted_at, coverage.may_see, coverage.closes_on, last_run.as_of
    ) as submitted_at,
    marts.veiled(
        coverage.response_fetched_at, coverage.may_see, coverage.closes_on, last_run.as_of
    ) as response_fetched_at,
    marts.veiled(
        coverage.decision_fetched_at, coverage.may_see, coverage.closes_on, last_run.as_of
    ) as decision_fetched_at
from work.marts.coverage
inner join work.marts.decisions using (vote_key)
cross join (select max(as_of) as as_of from work.ops.runs) as last_run
order by coverage.vote_key, coverage.response_id
