-- Every sign that an account may leave; the account only where allowed, or from our own diary.
select
    case when may_see then account_id end as account_id,
    sign,
    case when may_see then since_on else cast(date_trunc('week', since_on) as date) end
        as since_on,
    until_on,
    response_key,
    may_see,
    case when may_see then submitted_at else date_trunc('week', submitted_at) end as submitted_at,
    fetched_at
from work.marts.warnings
order by response_key nulls last, sign, account_id, since_on
