-- Which reasons cost us the most, of the decisions whose customers let us see what they said?
select
    codebook.label as reason,
    count(*) as decision_count,
    count(decisions.amount_usd) as with_amount_count,
    round(sum(decisions.amount_usd)) as lost_usd,
    round(median(decisions.amount_usd)) as median_usd
from marts.decisions
left join marts.codebook on decisions.customer_reason = codebook.reason
where decisions.is_defection and decisions.customer_reason is not null
group by codebook.label
order by lost_usd desc nulls last, codebook.label
limit 20;
