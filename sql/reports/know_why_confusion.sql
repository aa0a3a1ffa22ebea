-- One row per reason we had logged and main reason the customer gave, for defections whose
-- survey closed in the window; agreed_count leaves out those whose respondents disagree.
-- Needs the work file.
with pairs as (

    select
        vote_key,
        seller_reason,
        reason,
        seller_label,
        label,
        response_id,
        min(reason) over (partition by vote_key) = max(reason) over (partition by vote_key)
            as is_agreed
    from marts.know_why
    where
        is_primary
        and marts.stood(true, seller_reason, recorded_at, fetched_at, superseded_at, $as_of)
        and closes_on between $from and $to
        and submitted_at <= $as_of
        and ($team::varchar is null or team = $team)

)

select
    seller_reason,
    reason,
    seller_label,
    label,
    count(distinct vote_key) as decision_count,
    count(distinct vote_key) filter (where is_agreed) as agreed_count,
    list_sort(list(distinct response_id)) as response_ids
from pairs
group by all
order by decision_count desc, seller_reason, reason
