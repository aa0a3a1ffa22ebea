-- One row per check-in, as last exported.
select
    check_in_id,
    account_id,
    held_on,
    channel,
    fetched_at
from raw.check_ins
qualify row_number() over (partition by check_in_id order by fetched_at desc, row_hash asc) = 1
