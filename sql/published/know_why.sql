-- Every pair of our reason and theirs, without the seller; the decision only where allowed.
with placed as (

    select distinct
        vote_key,
        recorded_at,
        dense_rank() over (partition by vote_key order by recorded_at) as place
    from work.marts.seller_reasons

)

select
    vote_key,
    case when may_see then decision_id end as decision_id,
    case when may_see then account_id end as account_id,
    response_id,
    case when may_see then team end as team,
    seller_reason,
    seller_label,
    reason,
    label,
    verdict,
    is_primary,
    may_see,
    case when may_see then closes_on else cast(date_trunc('week', closes_on) as date) end
        as closes_on,
    -- The same stand-in for the day as in seller_reasons.
    case
        when may_see then recorded_at
        else date_trunc('week', recorded_at) + to_microseconds(place)
    end as recorded_at,
    superseded_at,
    case when may_see then submitted_at else date_trunc('week', submitted_at) end as submitted_at,
    fetched_at
from work.marts.know_why
left join placed using (vote_key, recorded_at)
order by vote_key, response_id, reason, recorded_at
