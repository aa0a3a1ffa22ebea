-- Every sign that a customer wants to talk or may leave; the account only where allowed.
select
    case when may_see then account_id end as account_id,
    response_key,
    response_id,
    form_kind,
    sign,
    may_see,
    case when may_see then submitted_at else date_trunc('week', submitted_at) end as submitted_at,
    fetched_at
from work.marts.prevention
order by response_key, sign
