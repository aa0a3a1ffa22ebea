-- One row per verdict: how many defections whose survey closed in the window we understood.
-- Needs the work file.
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

    select distinct vote_key
    from marts.seller_reasons
    where marts.stood(is_knowing, reason, recorded_at, fetched_at, superseded_at, $as_of)

),

compared as (

    select
        vote_key,
        marts.agreement(verdict, reason, is_primary) as verdict
    from marts.know_why
    where
        marts.stood(true, seller_reason, recorded_at, fetched_at, superseded_at, $as_of)
        and submitted_at <= $as_of
    group by vote_key

),

judged as (

    select
        case
            when coalesce(len(defections.response_ids), 0) = 0 then 'silent'
            when compared.verdict is not null then compared.verdict
            when logged.vote_key is null then 'unstated'
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
