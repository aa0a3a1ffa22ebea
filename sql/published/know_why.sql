-- Every pair of our reason and theirs, without the seller; the decision only where allowed.
select
    vote_key,
    case when may_see then decision_id end as decision_id,
    case when may_see then account_id end as account_id,
    response_id,
    case when may_see then team end as team,
    seller_reason,
    reason,
    verdict,
    is_primary,
    may_see,
    case when may_see then closes_on else cast(date_trunc('week', closes_on) as date) end
        as closes_on,
    recorded_at,
    case when may_see then submitted_at else date_trunc('week', submitted_at) end as submitted_at,
    fetched_at
from work.marts.know_why
