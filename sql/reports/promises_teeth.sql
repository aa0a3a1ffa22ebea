-- One row per price of failing, as the customer sees it, and time counted over (the window, or
-- ever): of those to whom something was promised, how many say it was kept. Of colleagues who
-- differ the lower price and the worse word count.
-- Needs the work file.
with timed as (

    select
        heard.response_key,
        heard.response_id,
        heard.voter_key,
        heard.form_kind,
        heard.submitted_at,
        views.failure_cost,
        views.their_verdict,
        unnest(list_filter(
            [case when heard.counted_on between $from and $to then 'window' end, 'ever'],
            lambda each: each is not null
        )) as scope
    from marts.heard
    inner join marts.promise_views as views using (response_key)
    where
        list_contains(views.shown_refs, 'failure_cost')
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)

),

last_word as (

    select *
    from timed
    qualify
        marts.stands(form_kind, scope, null, voter_key, submitted_at, response_key)

),

voters as (

    select
        scope,
        voter_key,
        arg_min(
            failure_cost,
            list_position(['nothing', 'apology', 'dont_know', 'money_back'], failure_cost)
        ) as failure_cost,
        bool_and(their_verdict = 'kept') filter (where their_verdict != 'none') as is_kept,
        list(distinct response_id) as response_ids
    from last_word
    group by scope, voter_key

)

select
    scope,
    failure_cost,
    count(*) filter (where is_kept) as voter_count,
    count(*) as total_count,
    list_sort(list_distinct(flatten(coalesce(list(response_ids) filter (where is_kept), []))))
        as response_ids
from voters
where is_kept is not null and failure_cost in ('nothing', 'apology', 'money_back')
group by scope, failure_cost
order by scope, failure_cost
