-- Which reasons cost us the most, of the decisions whose customers let us see what they said?
select
    customer_reason as reason,
    count(*) as decision_count,
    count(amount_usd) as with_amount_count,
    round(sum(amount_usd)) as lost_usd,
    round(median(amount_usd)) as median_usd
from marts.decisions
where is_defection and customer_reason is not null
group by customer_reason
order by lost_usd desc nulls last, reason
limit 20;
