-- One row per seller, as last exported.
select
    seller_id,
    seller_name,
    team,
    nullif(trim(seller_email), '') as seller_email,
    fetched_at
from raw.sellers
qualify row_number() over (partition by seller_id order by fetched_at desc, row_hash asc) = 1
