-- One row per reason our side logged for a decision, each wording at the moment it was logged.
with received as (

    select
        *,
        concat(seller_value, '|', seller_text) as words,
        lag(words) over (
            partition by decision_id, seller_id, recorded_at order by fetched_at, row_hash
        ) as words_before
    from raw.seller_reasons
    where coalesce(nullif(seller_value, ''), nullif(seller_text, '')) is not null

),

worded as (

    select
        *,
        count(*) filter (where words is distinct from words_before) over (
            partition by decision_id, seller_id, recorded_at order by fetched_at, row_hash
        ) as wording
    from received

),

dated as (

    -- A reason reworded under its old date counts as logged when the new words reached us.
    select
        *,
        min(fetched_at) over (
            partition by decision_id, seller_id, recorded_at, wording
        ) as received_at,
        case when wording = 1 then coalesce(recorded_at, received_at) else received_at end
            as logged_at
    from worded

)

select
    dated.decision_id,
    dated.seller_id,
    dated.seller_value,
    map.reason,
    dated.seller_text,
    dated.confidence,
    dated.logged_at as recorded_at,
    dated.received_at as fetched_at
from dated
left join seeds.seller_reasons as map
    on trim(regexp_replace(lower(dated.seller_value), '\s+', ' ', 'g')) = map.seller_value
qualify row_number() over (
    partition by dated.decision_id, dated.seller_id, dated.logged_at
    order by dated.fetched_at desc, dated.row_hash asc
) = 1
