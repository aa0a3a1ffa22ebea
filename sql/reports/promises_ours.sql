-- One row per time counted over (the window, or ever): how many promises our side has logged, and
-- how many of them nobody spoke of, can be measured, and say what the customer gets if we fail.
-- Only the work file tells the promises apart of which a customer spoke in confidence.
-- Needs the work file.
with logged as (

    select
        coalesce(promises.promise_key, promises.response_key) as promise_key,
        promises.standing,
        promises.our_verdict,
        promises.is_measurable,
        promises.has_remedy,
        unnest(list_filter(
            [case when promises.counted_on between $from and $to then 'window' end, 'ever'],
            lambda each: each is not null
        )) as scope
    from marts.promises
    left join marts.decisions on promises.decision_id = decisions.decision_id
    where
        promises.logged_in is not null
        and promises.recorded_at <= $as_of
        and promises.fetched_at <= $as_of
        and ($team::varchar is null or decisions.team = $team)

),

told as (

    select
        scope,
        promise_key,
        bool_and(standing = 'unheard') as is_unheard,
        bool_and(coalesce(our_verdict = 'not_due', false)) as is_not_due,
        bool_and(our_verdict is null) as is_unjudged,
        bool_and(coalesce(is_measurable, false)) as is_measurable,
        bool_and(has_remedy) as has_remedy
    from logged
    group by scope, promise_key

)

select
    scope,
    count(*) as logged_count,
    count(*) filter (where is_unheard) as unheard_count,
    count(*) filter (where is_not_due) as not_due_count,
    count(*) filter (where is_unjudged) as unjudged_count,
    count(*) filter (where is_measurable) as measurable_count,
    count(*) filter (where has_remedy) as remedy_count
from told
group by scope
order by scope
