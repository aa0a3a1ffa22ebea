-- One row per link of the chain, over the window and since the beginning: of the cancellations
-- heard, how many were asked about it, answered, called it broken, and where it broke first.
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

periods as (

    select
        true as is_window,
        $from as period_from

    union all

    select
        false as is_window,
        date '1970-01-01' as period_from

),

heard as (

    select
        departures.*,
        responses.counted_on,
        responses.response_ids
    from marts.departures
    inner join (
        select
            vote_key,
            any_value(team) as team,
            any_value(counted_on) as counted_on,
            list_sort(list(response_id)) as response_ids
        from marts.heard
        where submitted_at <= $as_of and fetched_at <= $as_of
        group by vote_key
    ) as responses using (vote_key)
    where
        len(departures.shown_links) > 0
        and departures.submitted_at <= $as_of
        and departures.fetched_at <= $as_of
        and ($team::varchar is null or responses.team = $team)

)

select
    periods.is_window,
    links.position,
    links.link,
    count(*) filter (where heard.broken_link = links.link) as first_count,
    count(*) filter (where list_contains(heard.broken_links, links.link)) as broken_count,
    count(*) filter (where list_contains(heard.answered_links, links.link)) as answered_count,
    count(*) filter (where list_contains(heard.shown_links, links.link)) as shown_count,
    count(heard.vote_key) filter (where len(heard.answered_links) > 0) as heard_count,
    coalesce(list_sort(flatten(
        list(heard.response_ids) filter (where heard.broken_link = links.link)
    )), []) as first_ids,
    coalesce(list_sort(flatten(
        list(heard.response_ids) filter (where list_contains(heard.broken_links, links.link))
    )), []) as broken_ids
from links
cross join periods
left join heard on heard.counted_on between periods.period_from and $to
group by periods.is_window, links.position, links.link
order by periods.is_window desc, links.position
