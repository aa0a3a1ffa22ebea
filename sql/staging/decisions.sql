-- One row per decision or open opportunity, as last exported.
select
    decision_id,
    account_id,
    decision_kind,
    case
        when decision_kind = 'lost' then coalesce(outcome, 'unknown')
        else outcome
    end as outcome,
    decision_kind in ('lost', 'cancelled') as is_defection,
    product,
    amount_usd,
    competitor,
    seller_id,
    team,
    stage,
    opened_on,
    decided_on,
    -- Known as a decision since it was no longer open.
    coalesce(
        min(fetched_at) filter (where decision_kind <> 'open') over (partition by decision_id),
        min(fetched_at) over (partition by decision_id)
    ) as fetched_at
from raw.decisions
qualify
    row_number()
        over (partition by decision_id order by raw.decisions.fetched_at desc, row_hash asc)
    = 1
