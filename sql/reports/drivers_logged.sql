-- One row per reason named in the week and reason we had logged for the same decisions; a row
-- without a logged reason counts those for which we had logged nothing.
-- Needs the work file.
with named as (

    select distinct
        vote_key,
        reason
    from marts.drivers
    where
        cast(timezone($zone, submitted_at) as date) between $week_from and $week_to
        and submitted_at <= $as_of
        and fetched_at <= $as_of
        and ($team::varchar is null or team = $team)
        and is_theirs
        and reason is not null

),

logged as (

    select
        vote_key,
        max_by(coalesce(reason, 'unclear'), recorded_at) as seller_reason,
        max_by(label, recorded_at) as seller_label
    from marts.seller_reasons
    where
        is_knowing
        and recorded_at <= $as_of
        and fetched_at <= $as_of
    group by vote_key

)

select
    named.reason,
    logged.seller_reason,
    logged.seller_label,
    count(distinct named.vote_key) as decision_count
from named
left join logged using (vote_key)
group by all
order by named.reason, decision_count desc, logged.seller_reason
