-- One row per verdict: how many defections whose survey closed in the window we understood.
with defections as (

    select
        vote_key,
        list_sort(list(distinct response_id) filter (
            where submitted_at <= $as_of and response_fetched_at <= $as_of
        )) as response_ids
    from marts.coverage
    where
        closes_on between $from and $to
        and decision_fetched_at <= $as_of
        and ($team::varchar is null or team = $team)
    group by vote_key

),

logged as (

    select
        vote_key,
        max(recorded_at) as recorded_at
    from marts.seller_reasons
    where
        is_knowing
        and reason is not null
        and recorded_at <= $as_of
        and fetched_at <= $as_of
    group by vote_key

),

compared as (

    select
        know_why.vote_key,
        case
            when
                bool_or(know_why.verdict = 'right')
                and count(distinct know_why.reason) filter (where know_why.is_primary) = 1
                then 'right'
            when bool_or(know_why.verdict in ('right', 'partly')) then 'partly'
            else 'wrong'
        end as verdict
    from marts.know_why
    inner join logged using (vote_key, recorded_at)
    where
        know_why.submitted_at <= $as_of
        and know_why.fetched_at <= $as_of
    group by know_why.vote_key

),

judged as (

    select
        case
            when coalesce(len(defections.response_ids), 0) = 0 then 'silent'
            when compared.verdict is not null then compared.verdict
            when logged.recorded_at is null then 'unstated'
            else 'uncoded'
        end as verdict,
        coalesce(defections.response_ids, []) as response_ids
    from defections
    left join compared using (vote_key)
    left join logged using (vote_key)

)

select
    verdict,
    count(*) as decision_count,
    list_sort(list_distinct(flatten(list(response_ids)))) as response_ids
from judged
group by verdict
order by list_position(['right', 'partly', 'wrong', 'silent', 'unstated', 'uncoded'], verdict)
