-- One row: the current accounts nobody has checked in with for longer than the programme allows;
-- names and ids stand in the same order.
-- Needs the work file.
with last_held as (

    select
        account_id,
        max(held_on) as held_on
    from marts.check_ins
    where held_on <= $week_to and fetched_at <= $as_of
    group by account_id

),

current_accounts as (

    select *
    from marts.accounts
    where is_current

),

overdue as (

    select
        current_accounts.account_id,
        current_accounts.account_name,
        coalesce(last_held.held_on, current_accounts.customer_since_on) as since_on
    from current_accounts
    cross join seeds.settings
    left join last_held using (account_id)
    where
        coalesce(last_held.held_on, current_accounts.customer_since_on, date '1970-01-01')
        < $week_to - cast(settings.check_in_days as integer)

)

select
    count(*) as account_count,
    (select count(*) from current_accounts) as current_count,
    coalesce(list(account_name order by since_on nulls first, account_name, account_id), [])
        as account_names,
    coalesce(list(account_id order by since_on nulls first, account_name, account_id), [])
        as account_ids
from overdue
