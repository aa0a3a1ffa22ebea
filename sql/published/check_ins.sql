-- Every check-in held.
select
    check_in_id,
    account_id,
    held_on,
    channel
from work.marts.check_ins
order by check_in_id
