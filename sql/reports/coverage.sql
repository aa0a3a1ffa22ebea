-- One row per state of asking, apart for surveys that closed in the window and those still
-- running at its end: how many defections stand there.
-- Needs the work file.
with defections as (

    select
        vote_key,
        amount_usd,
        decided_on,
        due_on,
        closes_on,
        has_invitations,
        (closes_on <= $to) as is_closed,
        case when invited_at <= $as_of then invited_at end as invited_at,
        min(submitted_at) filter (
            where submitted_at <= $as_of and response_fetched_at <= $as_of
        ) as answered_at,
        list_sort(list(distinct response_id) filter (
            where submitted_at <= $as_of and response_fetched_at <= $as_of
        )) as response_ids
    from marts.coverage
    where
        decided_on <= $to
        and closes_on >= $from
        and decision_fetched_at <= $as_of
        and ($team::varchar is null or team = $team)
    group by all

),

asked as (

    select
        *,
        marts.ask_state(
            due_on,
            closes_on,
            cast(timezone($zone, invited_at) as date),
            cast(timezone($zone, answered_at) as date),
            has_invitations,
            cast(timezone($zone, $as_of::timestamptz) as date)
        ) as ask_state
    from defections

)

select
    is_closed,
    ask_state,
    count(*) as decision_count,
    sum(amount_usd) as amount_usd,
    min(closes_on) as next_closes_on,
    list_sort(list_distinct(flatten(list(coalesce(response_ids, []))))) as response_ids
from asked
group by is_closed, ask_state
order by is_closed desc, ask_state
