-- One row per group of a split (all, kind, outcome, team, segment, value, or cell: how it ended, by
-- segment): how far asking got and how soon they answered, among defections whose survey closed in
-- the window. Values are cut into thirds of these defections; `least_usd` and `most_usd` say where.
-- Needs the work file.
with defections as (

    select
        vote_key,
        decision_kind,
        outcome,
        team,
        segment,
        amount_usd,
        decided_on,
        due_on,
        closes_on,
        has_invitations,
        case when invited_at <= $as_of then invited_at end as invited_at,
        min(submitted_at) filter (
            where submitted_at <= $as_of and response_fetched_at <= $as_of
        ) as answered_at,
        list_sort(list(distinct response_id) filter (
            where submitted_at <= $as_of and response_fetched_at <= $as_of
        )) as response_ids
    from marts.coverage
    where
        closes_on between $from and $to
        and decision_fetched_at <= $as_of
        and ($team::varchar is null or team = $team)
    group by all

),

asked as (

    select
        *,
        date_diff('day', decided_on, cast(timezone($zone, answered_at) as date)) as days_to_answer,
        case
            when amount_usd <= quantile_cont(amount_usd, 1 / 3) over () then '1'
            when amount_usd <= quantile_cont(amount_usd, 2 / 3) over () then '2'
            when amount_usd is not null then '3'
        end as third,
        marts.ask_state(
            due_on,
            closes_on,
            cast(timezone($zone, invited_at) as date),
            cast(timezone($zone, answered_at) as date),
            has_invitations,
            cast(timezone($zone, $as_of::timestamptz) as date)
        ) as ask_state
    from defections

),

placed as (

    select
        *,
        unnest(['all', 'kind', 'outcome', 'team', 'segment', 'value', 'cell']) as split,
        unnest([
            null,
            decision_kind,
            outcome,
            team,
            segment,
            third,
            concat(coalesce(outcome, decision_kind), ', ', coalesce(segment, 'unknown'))
        ]) as grouped_by
    from asked

)

select
    split,
    grouped_by,
    count(*) as closed_count,
    count(*) filter (where ask_state in ('answered', 'closed_silent')) as asked_count,
    count(*) filter (where ask_state = 'answered') as answered_count,
    count(*) filter (where ask_state = 'closed_silent') as silent_count,
    count(*) filter (where ask_state = 'never_asked') as never_asked_count,
    count(*) filter (where ask_state = 'unknown') as unknown_count,
    min(amount_usd) as least_usd,
    max(amount_usd) as most_usd,
    quantile_cont(days_to_answer, 0.25) as early_days,
    median(days_to_answer) as median_days,
    quantile_cont(days_to_answer, 0.75) as late_days,
    count(*) filter (where days_to_answer <= 7) as within_7_count,
    count(*) filter (where days_to_answer <= 14) as within_14_count,
    count(*) filter (where days_to_answer <= 30) as within_30_count,
    list_sort(list_distinct(flatten(list(coalesce(response_ids, []))))) as response_ids
from placed
group by split, grouped_by
order by split, grouped_by
