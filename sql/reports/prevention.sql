-- One row per sign that a customer can still be kept: who asked for a call in the week, and what
-- the latest pulse of each current account says. Accounts are named where the customer allows;
-- names and ids stand in the same order.
-- Needs the work file.
with latest as (

    select
        account_id,
        max_by(response_key, submitted_at) as response_key
    from marts.pulses
    where
        cast(timezone($zone, submitted_at) as date) between $from and $week_to
        and submitted_at <= $as_of
        and fetched_at <= $as_of
    group by account_id

),

signs as (

    select
        prevention.sign,
        prevention.response_id,
        coalesce(prevention.account_id, prevention.response_key) as account_key,
        case
            when prevention.may_see and accounts.account_name is not null
                then [accounts.account_name, accounts.account_id]
        end as named
    from marts.prevention
    left join marts.accounts on prevention.account_id = accounts.account_id
    where
        prevention.submitted_at <= $as_of
        and prevention.fetched_at <= $as_of
        and (
            prevention.sign = 'asked_for_a_call'
            and cast(timezone($zone, prevention.submitted_at) as date)
            between $week_from and $week_to
            or prevention.sign != 'asked_for_a_call'
            and accounts.is_current
            and prevention.response_key in (select response_key from latest)
        )

)

select
    sign,
    count(distinct account_key) as account_count,
    coalesce(list_transform(list_sort(list(distinct named)), lambda each: each[1]), [])
        as account_names,
    coalesce(list_transform(list_sort(list(distinct named)), lambda each: each[2]), [])
        as account_ids,
    list_sort(list(distinct response_id)) as response_ids
from signs
group by sign
order by sign
