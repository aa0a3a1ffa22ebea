-- One row: the current accounts nobody has checked in with for longer than the programme allows.
with last_held as (

    select
        account_id,
        max(held_on) as held_on
    from marts.check_ins
    where held_on <= $week_to
    group by account_id

),

overdue as (

    select
        accounts.account_name,
        coalesce(last_held.held_on, accounts.customer_since_on) as since_on
    from marts.accounts
    left join last_held using (account_id)
    where
        accounts.is_current
        and $week_to - coalesce(last_held.held_on, accounts.customer_since_on, date '1970-01-01')
        > (select check_in_days from seeds.settings)

)

select
    count(*) as account_count,
    (select count(*) from marts.accounts where is_current) as current_count,
    coalesce(list(account_name order by since_on nulls first, account_name), []) as account_names
from overdue
