-- One row per reason we logged for the week's new exits that nobody has explained yet; a row
-- without a reason counts those for which we logged nothing.
-- Needs the work file.
with exits as (

    select vote_key
    from marts.coverage
    where
        decided_on between $week_from and $week_to
        and decision_fetched_at <= $as_of
        and ($team::varchar is null or team = $team)
    group by vote_key
    having count(*) filter (where submitted_at <= $as_of and response_fetched_at <= $as_of) = 0

),

logged as (

    select
        vote_key,
        max_by(coalesce(reason, 'unclear'), recorded_at) as seller_reason,
        max_by(label, recorded_at) as seller_label
    from marts.seller_reasons
    where
        recorded_at <= $as_of
        and fetched_at <= $as_of
    group by vote_key

)

select
    logged.seller_reason,
    logged.seller_label,
    count(*) as decision_count
from exits
left join logged using (vote_key)
group by all
order by decision_count desc, logged.seller_reason
