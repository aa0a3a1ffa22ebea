-- One row per period (window, ever): of the defections whose customers named price and were asked
-- whether they would pay more to be defended, how many would, and for how many we had logged
-- price. Where colleagues differ, the decision would not.
-- Needs the work file.
with named as (

    select distinct vote_key
    from marts.drivers
    where
        is_theirs
        and parent = 'price'
        and submitted_at <= $as_of
        and fetched_at <= $as_of

),

logged as (

    select distinct vote_key
    from marts.seller_reasons
    where
        parent = 'price'
        and recorded_at <= $as_of
        and fetched_at <= $as_of

),

asked as (

    select
        periods.period,
        heard.voter_key,
        bool_and(ladder.defend_premium != 'nothing') as is_paying,
        bool_or(logged.vote_key is not null) as is_logged,
        list(heard.response_id) as response_ids
    from marts.ladder
    inner join marts.heard using (response_key)
    inner join named on heard.vote_key = named.vote_key
    left join logged on heard.vote_key = logged.vote_key
    inner join marts.periods($from, $to, $week_from, $week_to) as periods
        on
            periods.period in ('window', 'ever')
            and heard.counted_on between periods.from_on and periods.to_on
    where
        list_contains(ladder.shown_refs, 'defend_premium')
        and heard.is_defection
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    group by periods.period, heard.voter_key

)

select
    period,
    count(*) as shown_count,
    count(is_paying) as answered_count,
    count(*) filter (where is_paying) as paying_count,
    count(*) filter (where is_logged) as logged_count,
    list_sort(coalesce(flatten(list(response_ids) filter (where is_paying)), [])) as response_ids
from asked
group by period
order by period
