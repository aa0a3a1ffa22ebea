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
    marts.veiled(closes_on, may_see, closes_on, last_run.as_of) as closes_on,
    marts.veiled(submitted_at, may_see, closes_on, last_run.as_of) as submitted_at,
    marts.veiled(fetched_at, may_see, closes_on, last_run.as_of) as fetched_at
from work.marts.drivers
cross join (select max(as_of) as as_of from work.ops.runs) as last_run
order by response_key, source, reason
