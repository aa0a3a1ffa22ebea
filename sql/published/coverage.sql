-- Every defection and who answered; heard in confidence, it cannot be told which one it is.
select
    vote_key,
    case when coalesce(may_see, true) then decision_id end as decision_id,
    case when coalesce(may_see, true) then account_id end as account_id,
    response_id,
    decision_kind,
    case when coalesce(may_see, true) then outcome end as outcome,
    case when coalesce(may_see, true) then team end as team,
    case when coalesce(may_see, true) then segment end as segment,
    case when coalesce(may_see, true) then amount_usd end as amount_usd,
    may_see,
    has_invitations,
    case
        when coalesce(may_see, true) then decided_on
        else cast(date_trunc('week', decided_on) as date)
    end as decided_on,
    case
        when coalesce(may_see, true) then due_on
        else cast(date_trunc('week', due_on) as date)
    end as due_on,
    case
        when coalesce(may_see, true) then closes_on
        else cast(date_trunc('week', closes_on) as date)
    end as closes_on,
    case
        when coalesce(may_see, true) then invited_at
        -- That it was asked, not when: the day of the invitation is that of one decision.
        when invited_at is not null then date_trunc('week', cast(decided_on as timestamptz))
    end as invited_at,
    case
        when coalesce(may_see, true) then submitted_at
        else date_trunc('week', submitted_at)
    end as submitted_at,
    response_fetched_at,
    decision_fetched_at
from work.marts.coverage
order by vote_key, response_id
