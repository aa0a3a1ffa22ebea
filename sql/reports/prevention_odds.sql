-- One row per link of the chain: how many who left and how many current customers call it broken.
-- Current customers speak by their latest pulse; who has left and told us counts among those.
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

gone as (

    select
        decisions.account_id,
        departures.answered_links,
        departures.broken_links
    from marts.departures
    inner join marts.decisions using (vote_key)
    where
        decisions.closes_on <= $to
        and ($team::varchar is null or decisions.team = $team)
        and departures.submitted_at <= $as_of
        and departures.fetched_at <= $as_of

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
            select account_id from gone
            where account_id is not null
        )
    group by pulses.account_id

),

said as (

    select
        true as is_gone,
        answered_links,
        broken_links
    from gone

    union all

    select
        false as is_gone,
        chains.answered_links,
        chains.broken_links
    from latest
    inner join marts.chains using (response_key)

)

select
    links.position,
    links.link,
    count(*) filter (where said.is_gone and list_contains(said.broken_links, links.link))
        as gone_broken_count,
    count(*) filter (where said.is_gone and list_contains(said.answered_links, links.link))
        as gone_count,
    count(*) filter (where not said.is_gone and list_contains(said.broken_links, links.link))
        as current_broken_count,
    count(*) filter (where not said.is_gone and list_contains(said.answered_links, links.link))
        as current_count
from links
left join said on true
group by links.position, links.link
order by links.position
