-- One row per cancellation of the window with days to tell of: months alone, and only where the
-- customer lets the people they dealt with see it; for the others no more than that there is one.
-- Needs the work file.
select
    departures.may_see,
    case when departures.may_see then accounts.account_id end as account_id,
    case when departures.may_see then accounts.account_name end as account_name,
    case when departures.may_see then date_trunc('month', departures.first_doubt_on) end
        as doubt_month,
    case when departures.may_see then date_trunc('month', departures.told_us_on) end
        as told_month,
    case when departures.may_see then date_trunc('month', departures.we_asked_on) end
        as asked_month,
    case when departures.may_see then date_trunc('month', departures.decided_inside_on) end
        as decided_month,
    case when departures.may_see then date_trunc('month', departures.decided_on) end
        as cancelled_month,
    case when departures.may_see then departures.we_asked end as we_asked
from marts.departures
inner join marts.decisions using (vote_key)
left join marts.accounts on decisions.account_id = accounts.account_id
where
    departures.has_told is not null
    and decisions.closes_on between $from and $to
    and departures.submitted_at <= $as_of
    and departures.fetched_at <= $as_of
    and ($team::varchar is null or decisions.team = $team)
order by departures.may_see desc, cancelled_month desc, account_name, doubt_month
