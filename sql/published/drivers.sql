-- Every reason given for a defection; which decision it was only where the respondent allows it.
select
    vote_key,
    case when may_see then decision_id end as decision_id,
    case when may_see then account_id end as account_id,
    response_key,
    response_id,
    decision_kind,
    case when may_see then team end as team,
    case when may_see then segment end as segment,
    case when may_see then rival end as rival,
    source,
    reason,
    parent,
    label,
    is_primary,
    is_theirs,
    may_see,
    case when may_see then closes_on else cast(date_trunc('week', closes_on) as date) end
        as closes_on,
    case when may_see then submitted_at else date_trunc('week', submitted_at) end as submitted_at,
    fetched_at
from work.marts.drivers
order by response_key, source, reason
