-- One row per pair of a reason we logged for a defection and a reason its customer gave.
-- Of a decision that came back, theirs are of the time that stands, and ours all that hold for it.
select
    drivers.vote_key,
    drivers.decision_id,
    drivers.account_id,
    drivers.response_key,
    drivers.response_id,
    drivers.team,
    seller_reasons.seller_id,
    seller_reasons.reason as seller_reason,
    seller_reasons.label as seller_label,
    drivers.reason,
    drivers.label,
    case
        when seller_reasons.reason = drivers.reason and drivers.is_primary then 'right'
        when seller_reasons.reason = drivers.reason then 'partly'
        when seller_reasons.parent = drivers.parent then 'partly'
        else 'wrong'
    end as verdict,
    drivers.is_primary,
    drivers.may_see,
    drivers.closes_on,
    seller_reasons.recorded_at,
    seller_reasons.superseded_at,
    drivers.submitted_at,
    greatest(drivers.fetched_at, seller_reasons.fetched_at) as fetched_at
from marts.drivers
inner join marts.seller_reasons using (vote_key)
where
    drivers.is_theirs
    and seller_reasons.is_knowing
    and seller_reasons.reason is not null
-- A form that was sent twice says it once.
qualify row_number() over (
    partition by
        drivers.response_key, drivers.reason, seller_reasons.seller_id, seller_reasons.reason,
        seller_reasons.recorded_at
    order by greatest(drivers.fetched_at, seller_reasons.fetched_at), seller_reasons.superseded_at
) = 1
