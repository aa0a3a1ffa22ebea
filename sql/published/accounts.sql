-- Every account, without people.
select
    account_id,
    account_name,
    segment,
    sector,
    region,
    is_current,
    customer_since_on
from work.marts.accounts
order by account_id
