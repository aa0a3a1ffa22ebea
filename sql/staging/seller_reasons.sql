-- One row per reason our side logged for a decision, the latest wording of each moment.
select
    seller_reasons.decision_id,
    seller_reasons.seller_id,
    seller_reasons.seller_value,
    map.reason,
    seller_reasons.seller_text,
    seller_reasons.confidence,
    coalesce(seller_reasons.recorded_at, seller_reasons.fetched_at) as recorded_at,
    seller_reasons.fetched_at
from raw.seller_reasons
left join seeds.seller_reasons as map
    on lower(trim(seller_reasons.seller_value)) = map.seller_value
where coalesce(seller_reasons.seller_value, seller_reasons.seller_text, '') <> ''
qualify row_number() over (
    partition by decision_id, coalesce(seller_reasons.recorded_at, seller_reasons.fetched_at)
    order by seller_reasons.fetched_at desc, seller_reasons.row_hash asc
) = 1
