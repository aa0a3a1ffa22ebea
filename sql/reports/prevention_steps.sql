-- One row per day looked back on and customer of that day: which signs warned by then, and
-- whether the customer cancelled within the 60 days after it. Step 0 is the week reported, of
-- which the future is not known; the others lie 60 days apart over the last year. A pulse speaks
-- for 180 days or until the next one; what warned before a cancellation is over with it. The name
-- and its signs only where they may be shown.
-- Needs the work file.
with days as (

    select
        step,
        $week_to - cast(60 * step as integer) as step_on
    from (select unnest(range(0, 7)) as step) as steps

),

cancelled as (

    select
        account_id,
        decided_on
    from marts.decisions
    where decision_kind = 'cancelled' and decided_on <= $week_to and fetched_at <= $as_of

),

-- By a day, the last cancellation: what had warned before it warned of that one.
ended as (

    select
        days.step,
        cancelled.account_id,
        max(cancelled.decided_on) as ended_on
    from days
    inner join cancelled on days.step_on >= cancelled.decided_on
    group by days.step, cancelled.account_id

),

-- A customer then: one now, or one who cancelled after that day.
customers as (

    select
        days.step,
        days.step_on,
        accounts.account_id,
        accounts.account_name,
        coalesce(bool_or(
            cancelled.decided_on > days.step_on
            and cancelled.decided_on <= days.step_on + 60
        ), false) as has_left
    from days
    cross join marts.accounts
    left join cancelled on accounts.account_id = cancelled.account_id
    where
        coalesce(accounts.customer_since_on, date '1970-01-01') <= days.step_on
        and (
            $team::varchar is null
            or accounts.account_id in (
                select account_id
                from marts.decisions
                where team = $team and decided_on <= days.step_on
            )
        )
    group by all
    having
        any_value(accounts.is_current) or coalesce(max(cancelled.decided_on) > days.step_on, false)

),

latest as (

    select
        days.step,
        pulses.account_id,
        max_by(pulses.response_key, pulses.submitted_at) as response_key
    from days
    inner join marts.pulses
        on
            cast(timezone($zone, pulses.submitted_at) as date)
            between days.step_on - 179 and days.step_on
    where pulses.submitted_at <= $as_of and pulses.fetched_at <= $as_of
    group by days.step, pulses.account_id

),

warned as (

    select
        days.step,
        warnings.account_id,
        list_sort(list(warnings.sign) filter (where warnings.may_see)) as signs,
        bool_or(not warnings.may_see) as has_confided
    from days
    inner join marts.warnings
        on
            days.step_on >= warnings.since_on
            and coalesce(warnings.until_on, date '9999-12-31') > days.step_on
    left join latest
        on days.step = latest.step and warnings.account_id = latest.account_id
    left join ended on days.step = ended.step and warnings.account_id = ended.account_id
    cross join seeds.settings
    where
        (warnings.response_key is null or warnings.response_key = latest.response_key)
        and warnings.fetched_at <= $as_of
        -- A cancellation is a contact, too: nobody called for as long since.
        and (
            ended.ended_on is null
            or warnings.since_on > ended.ended_on
            or warnings.response_key is null
            and days.step_on > ended.ended_on + cast(settings.check_in_days as integer)
        )
    group by days.step, warnings.account_id

)

select
    customers.step,
    customers.step_on,
    customers.account_id,
    case when len(warned.signs) > 0 then customers.account_name end as account_name,
    coalesce(warned.signs, []) as signs,
    latest.response_key is not null as has_spoken,
    warned.account_id is not null as is_warned,
    customers.has_left
from customers
left join warned
    on customers.step = warned.step and customers.account_id = warned.account_id
left join latest
    on customers.step = latest.step and customers.account_id = latest.account_id
order by customers.step, customers.account_id
