-- One row per decision or open opportunity, as last exported.
with last_told as (

    select
        *,
        -- Known as a decision since it was no longer open.
        coalesce(
            min(fetched_at) filter (where decision_kind <> 'open') over (partition by decision_id),
            min(fetched_at) over (partition by decision_id)
        ) as known_at
    from raw.decisions
    qualify
        row_number() over (partition by decision_id order by fetched_at desc, row_hash asc) = 1

),

-- A rate that left the file counts no more.
rates as (

    select
        currency,
        usd,
        valid_from
    from raw.rates
    qualify
        row_number() over (partition by currency, valid_from order by fetched_at desc, row_hash asc)
        = 1
        and usd > 0

),

-- A dollar is a dollar; any other currency counts at the last rate that had begun by then.
valued as (

    select
        last_told.decision_id,
        max_by(rates.usd, rates.valid_from) as usd
    from last_told
    inner join rates
        on
            last_told.currency = rates.currency
            and rates.valid_from <= coalesce(
                last_told.decided_on, last_told.opened_on, cast(last_told.known_at as date)
            )
    where last_told.currency <> 'USD'
    group by last_told.decision_id

)

select
    last_told.decision_id,
    last_told.account_id,
    last_told.decision_kind,
    case
        when last_told.decision_kind = 'lost' then coalesce(last_told.outcome, 'unknown')
        else last_told.outcome
    end as outcome,
    last_told.decision_kind in ('lost', 'cancelled') as is_defection,
    last_told.product,
    coalesce(
        last_told.amount_usd,
        case
            when last_told.currency = 'USD' then last_told.amount
            else round(last_told.amount * valued.usd, 2)
        end
    ) as amount_usd,
    last_told.amount,
    last_told.currency,
    last_told.competitor,
    last_told.seller_id,
    last_told.team,
    last_told.stage,
    last_told.opened_on,
    last_told.decided_on,
    last_told.known_at as fetched_at
from last_told
left join valued using (decision_id)
