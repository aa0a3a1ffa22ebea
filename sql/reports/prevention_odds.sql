-- One row per link of the chain: how many accounts that cancelled within the year, and how many
-- current customers, call it broken. The former speak of their latest cancellation, the others by
-- their latest pulse; who cancelled and told us counts there alone, a customer still or not.
-- Needs the work file.
with links as (

    select
        unnest(
            [
                'goals_known', 'challenges_known', 'challenges_worked', 'checked_in',
                'met_expectation'
            ]
        ) as link,
        generate_subscripts([1, 2, 3, 4, 5], 1) as position

),

cancelled as (

    select
        decisions.account_id,
        departures.answered_links,
        departures.broken_links
    from marts.departures
    inner join marts.decisions using (vote_key)
    where
        decisions.closes_on <= $to
        and decisions.decided_on > cast($to as date) - 365
        and ($team::varchar is null or decisions.team = $team)
        and departures.submitted_at <= $as_of
        and departures.fetched_at <= $as_of
    qualify
        row_number() over (
            partition by coalesce(decisions.account_id, decisions.vote_key)
            order by decisions.decided_on desc, decisions.vote_key
        ) = 1

),

latest as (

    select
        pulses.account_id,
        max_by(pulses.response_key, pulses.submitted_at) as response_key
    from marts.pulses
    inner join marts.accounts using (account_id)
    where
        accounts.is_current
        and cast(timezone($zone, pulses.submitted_at) as date) <= $week_to
        and pulses.submitted_at <= $as_of
        and pulses.fetched_at <= $as_of
        and pulses.account_id not in (
            select account_id from cancelled
            where account_id is not null
        )
    group by pulses.account_id

),

said as (

    select
        true as has_cancelled,
        answered_links,
        broken_links
    from cancelled

    union all

    select
        false as has_cancelled,
        chains.answered_links,
        chains.broken_links
    from latest
    inner join marts.chains using (response_key)

)

select
    links.position,
    links.link,
    count(*) filter (where said.has_cancelled and list_contains(said.broken_links, links.link))
        as cancelled_broken_count,
    count(*) filter (where said.has_cancelled and list_contains(said.answered_links, links.link))
        as cancelled_count,
    count(*) filter (where not said.has_cancelled and list_contains(said.broken_links, links.link))
        as current_broken_count,
    count(*)
    filter (where not said.has_cancelled and list_contains(said.answered_links, links.link))
        as current_count
from links
left join said on true
group by links.position, links.link
order by links.position
