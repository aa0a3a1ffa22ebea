-- Which reasons cost us the most, of the decisions whose customers let us see what they said?
with labels as (

    select
        reason,
        last(label order by valid_from nulls first) as label
    from seeds.reasons
    group by reason

)

select
    labels.label as reason,
    count(*) as decision_count,
    count(decisions.amount_usd) as with_amount_count,
    round(sum(decisions.amount_usd)) as lost_usd,
    round(median(decisions.amount_usd)) as median_usd
from marts.decisions
left join labels on decisions.customer_reason = labels.reason
where decisions.is_defection and decisions.customer_reason is not null
group by labels.label
order by lost_usd desc nulls last, labels.label
limit 20;
