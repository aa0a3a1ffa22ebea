-- One row per currency in which decisions are worth what no rate says in dollars.
select
    'crm' as source,
    'decisions' as entity,
    decisions.currency as record_id,
    concat('no rate for ', decisions.currency) as reason,
    case
        when min(rates.valid_from) is null then 'no rate at all'
        else concat('no rate before ', min(rates.valid_from))
    end as detail,
    cast(null as bigint) as at_line
from staging.decisions
left join raw.rates on decisions.currency = rates.currency
where
    decisions.amount is not null and decisions.amount_usd is null
    and decisions.currency is not null
group by decisions.currency
order by decisions.currency
