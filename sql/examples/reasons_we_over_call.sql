-- Which reasons do we log more often than customers give them, where both spoke?
with pairs as (

    select distinct
        vote_key,
        seller_reason,
        reason
    from marts.know_why
    where is_primary

)

select
    reasons.reason,
    count(*) filter (where pairs.seller_reason = reasons.reason) as logged_count,
    count(*) filter (where pairs.reason = reasons.reason) as said_count,
    logged_count - said_count as over_called_count
from seeds.reasons
inner join pairs on reasons.reason in (pairs.seller_reason, pairs.reason)
group by reasons.reason
order by over_called_count desc, reasons.reason;
