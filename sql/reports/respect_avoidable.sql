-- One row: the window's cancellations we heard about, those whose reason we could have answered,
-- what these were worth, and what winning a customer costs us (null where nobody says).
-- Needs the work file.
with cancelled as (

    select
        drivers.vote_key,
        bool_or(coalesce(drivers.is_theirs and drivers.is_primary, false)) as has_reason,
        -- One of their own circumstances among the main reasons: nothing of ours to mend.
        bool_or(coalesce(
            drivers.is_theirs
            and drivers.is_primary
            and drivers.reason in (
                'involuntary', 'project_ended', 'priority_change', 'champion_left', 'budget'
            ),
            false
        )) as is_beyond_us,
        list_distinct(list(drivers.response_id)) as response_ids
    from marts.drivers
    where
        drivers.decision_kind = 'cancelled'
        and drivers.closes_on between $from and $to
        and drivers.submitted_at <= $as_of
        and drivers.fetched_at <= $as_of
        and ($team::varchar is null or drivers.team = $team)
    group by drivers.vote_key

),

valued as (

    select
        cancelled.*,
        cancelled.has_reason and not cancelled.is_beyond_us as is_avoidable,
        worth.amount_usd
    from cancelled
    left join (
        select
            vote_key,
            max(amount_usd) as amount_usd
        from marts.coverage
        group by vote_key
    ) as worth using (vote_key)

)

select
    count(*) as cancelled_count,
    count(*) filter (where is_avoidable) as avoidable_count,
    coalesce(sum(amount_usd) filter (where is_avoidable), 0) as amount_usd,
    count(*) filter (where is_avoidable and amount_usd is null) as without_amount_count,
    list_sort(flatten(coalesce(list(response_ids) filter (where is_avoidable), [])))
        as response_ids,
    (select max(acquisition_cost_usd) from seeds.settings) as acquisition_cost_usd
from valued
