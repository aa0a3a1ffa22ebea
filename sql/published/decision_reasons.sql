-- Every reason given; its decision and account only where the respondent allows it.
select
    response_key,
    response_id,
    case when may_see then decision_id end as decision_id,
    vote_key,
    case when may_see then account_id end as account_id,
    source,
    reason,
    parent,
    label,
    is_primary,
    polarity,
    is_theirs,
    may_see
from work.marts.decision_reasons
order by response_key, source, reason
