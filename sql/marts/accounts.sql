-- One row per account: a customer or prospect.
select
    account_id,
    account_name,
    segment,
    sector,
    region,
    coalesce(is_current, false) as is_current,
    customer_since_on
from staging.accounts
