-- One row per moment at which our reason was committed, for defections whose survey closed in the
-- window and whose customer was heard: before, between (the answer was in and not shown yet) or
-- after (only once an edition had shown it, which is no knowing).
-- Needs the work file.
with heard as (

    select
        vote_key,
        list_sort(list(distinct response_id)) as response_ids
    from marts.coverage
    where
        closes_on between $from and $to
        and decision_fetched_at <= $as_of
        and submitted_at <= $as_of
        and response_fetched_at <= $as_of
        and ($team::varchar is null or team = $team)
    group by vote_key

),

committed as (

    select
        vote_key,
        case
            when bool_or(
                marts.stood(is_knowing, reason, recorded_at, fetched_at, superseded_at, $as_of)
                and is_before_answer
            ) then 'before'
            when bool_or(
                marts.stood(is_knowing, reason, recorded_at, fetched_at, superseded_at, $as_of)
            ) then 'between'
            else 'after'
        end as moment
    from marts.seller_reasons
    where
        reason is not null
        and recorded_at <= $as_of
        and fetched_at <= $as_of
    group by vote_key

)

select
    committed.moment,
    count(*) as decision_count,
    list_sort(list_distinct(flatten(list(heard.response_ids)))) as response_ids
from heard
inner join committed using (vote_key)
group by committed.moment
order by list_position(['before', 'between', 'after'], committed.moment)
