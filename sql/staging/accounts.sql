-- One row per account, as last exported.
select
    account_id,
    account_name,
    segment,
    sector,
    region,
    customer_since_on,
    is_current,
    fetched_at
from raw.accounts
qualify row_number() over (partition by account_id order by fetched_at desc, row_hash asc) = 1
