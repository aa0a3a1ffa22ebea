-- Every cancellation somebody told us about; its days only where the respondent allows it.
select
    vote_key,
    case when may_see then decision_id end as decision_id,
    shown_links,
    answered_links,
    broken_links,
    broken_link,
    case when may_see then first_doubt_on end as first_doubt_on,
    case when may_see then told_us_on end as told_us_on,
    case when may_see then we_asked_on end as we_asked_on,
    case when may_see then decided_inside_on end as decided_inside_on,
    case when may_see then decided_on end as decided_on,
    has_told,
    we_asked,
    case when may_see then warning_days end as warning_days,
    case when may_see then silent_days end as silent_days,
    is_reversible,
    may_see,
    case when may_see then submitted_at else date_trunc('week', submitted_at) end as submitted_at,
    fetched_at
from work.marts.departures
order by vote_key
