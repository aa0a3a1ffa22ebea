-- One row per account, day, sign and pulse that gave it: what warns from that day on that the
-- account may leave. A gap in our own diary has no pulse.
with starts as (

    select
        account_id,
        start_on,
        min(fetched_at) as fetched_at
    from (
        select
            account_id,
            held_on as start_on,
            fetched_at
        from marts.check_ins
        where account_id is not null

        union all

        select
            account_id,
            customer_since_on as start_on,
            cast(null as timestamptz) as fetched_at
        from marts.accounts
        where customer_since_on is not null
    ) as begun
    group by account_id, start_on

),

-- A diary that goes back ten days cannot show that nobody called for ninety.
diary as (

    select
        min(held_on) as begun_on,
        min(fetched_at) as fetched_at
    from marts.check_ins
    having count(*) > 0

),

gaps as (

    select
        starts.account_id,
        greatest(starts.start_on, diary.begun_on)
        + cast(settings.check_in_days as integer) + 1 as since_on,
        lead(starts.start_on) over (
            partition by starts.account_id
            order by starts.start_on
        ) as until_on,
        coalesce(starts.fetched_at, diary.fetched_at) as fetched_at
    from starts
    cross join diary
    cross join seeds.settings

),

said as (

    select
        pulses.account_id,
        pulses.response_key,
        pulses.may_see,
        pulses.submitted_at,
        pulses.fetched_at,
        cast(pulses.submitted_at as date) as since_on,
        unnest(list_filter(
            [
                case
                    when list_contains(chains.broken_links, 'goals_known')
                        then 'goals_unknown'
                end,
                case
                    when
                        list_contains(chains.shown_links, 'goals_known')
                        and not list_contains(chains.answered_links, 'goals_known')
                        then 'goals_blank'
                end,
                case
                    when list_contains(chains.broken_links, 'challenges_known')
                        then 'challenges_unknown'
                end,
                case
                    when list_contains(chains.broken_links, 'challenges_worked')
                        then 'challenges_unworked'
                end,
                case
                    when list_contains(chains.broken_links, 'checked_in')
                        then 'never_checked_in'
                end,
                case
                    when list_contains(chains.broken_links, 'met_expectation')
                        then 'expectation_missed'
                end
            ],
            lambda sign: sign is not null
        )) as sign
    from marts.pulses
    inner join marts.chains using (response_key)

)

select
    account_id,
    sign,
    since_on,
    cast(null as date) as until_on,
    response_key,
    may_see,
    submitted_at,
    fetched_at
from said

union all

select
    account_id,
    'no_check_in' as sign,
    since_on,
    until_on,
    cast(null as varchar) as response_key,
    -- Our own diary is in nobody's confidence.
    true as may_see,
    cast(null as timestamptz) as submitted_at,
    fetched_at
from gaps
where
    since_on <= cast(getvariable('as_of') as date)
    and since_on < coalesce(until_on, date '9999-12-31')
