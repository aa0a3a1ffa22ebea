-- One row per price of failing, as the customer sees it, and time counted over (the window, or
-- ever): of those to whom something was promised, how many say it was kept.
with timed as (

    select
        heard.response_id,
        heard.voter_key,
        views.failure_cost,
        views.their_verdict,
        unnest(list_filter(
            [case when heard.counted_on between $from and $to then 'window' end, 'ever'],
            lambda each: each is not null
        )) as scope
    from marts.heard
    inner join marts.promise_views as views using (response_key)
    where
        heard.is_latest
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
        and views.their_verdict in ('kept', 'late', 'broken')
        and views.failure_cost in ('nothing', 'apology', 'money_back')

),

voters as (

    select
        scope,
        voter_key,
        failure_cost,
        bool_and(their_verdict = 'kept') as is_kept,
        list(distinct response_id) as response_ids
    from timed
    group by scope, voter_key, failure_cost

)

select
    scope,
    failure_cost,
    count(*) filter (where is_kept) as voter_count,
    count(*) as total_count,
    list_sort(list_distinct(flatten(coalesce(list(response_ids) filter (where is_kept), []))))
        as response_ids
from voters
group by scope, failure_cost
order by scope, failure_cost
