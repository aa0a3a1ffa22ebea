-- One row per currency in which decisions are worth what no rate says in dollars.
with standing as (

    select
        currency,
        valid_from
    from raw.rates
    group by currency, valid_from
    having max_by(usd, fetched_at) > 0

)

select
    'crm' as source,
    'decisions' as entity,
    decisions.currency as record_id,
    concat('no rate for ', decisions.currency) as reason,
    case
        when min(standing.valid_from) is null then 'no rate at all'
        else concat('no rate before ', min(standing.valid_from))
    end as detail,
    cast(null as bigint) as at_line
from staging.decisions
left join standing on decisions.currency = standing.currency
where
    decisions.amount is not null and decisions.amount_usd is null
    and decisions.currency is not null
group by decisions.currency
order by decisions.currency
