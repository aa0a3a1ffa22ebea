-- One row per reason we had logged and main reason the customer gave, for defections whose
-- survey closed in the window.
with logged as (

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

)

select
    know_why.seller_reason,
    know_why.reason,
    know_why.seller_label,
    know_why.label,
    count(distinct know_why.vote_key) as decision_count,
    list_sort(list(distinct know_why.response_id)) as response_ids
from marts.know_why
inner join logged using (vote_key, recorded_at)
where
    know_why.is_primary
    and know_why.closes_on between $from and $to
    and know_why.submitted_at <= $as_of
    and know_why.fetched_at <= $as_of
    and ($team::varchar is null or know_why.team = $team)
group by all
order by decision_count desc, know_why.seller_reason, know_why.reason
