-- One row per check-in held with an account.
select
    check_in_id,
    account_id,
    held_on,
    channel,
    fetched_at
from staging.check_ins
