-- One row: how much of each kind of input the programme holds.
-- Needs the work file.
with responses as (

    select
        count(*) as response_count,
        count(*) filter (where form_kind = 'pulse') as pulse_count
    from marts.responses
    where
        coalesce(form_kind, '') not in ('seller', 'staff')
        and submitted_at <= $as_of
        and fetched_at <= $as_of

),

decisions as (

    select
        count(*) as decision_count,
        count(*) filter (where is_defection) as defection_count,
        count(*) filter (where decision_kind = 'cancelled') as cancellation_count,
        count(*) filter (where outcome = 'competitor') as competitor_count
    from marts.decisions
    where fetched_at <= $as_of

),

invitations as (

    select count(*) as invitation_count
    from marts.invitations
    where sent_at <= $as_of

),

seller_reasons as (

    select count(*) as seller_reason_count
    from marts.seller_reasons
    where
        recorded_at <= $as_of
        and fetched_at <= $as_of

),

check_ins as (

    select count(*) as check_in_count
    from marts.check_ins
    where held_on <= cast($as_of as date)

),

opportunities as (

    select count(*) as open_opportunity_count
    from staging.decisions
    where decision_kind = 'open'

)

select
    responses.response_count,
    responses.pulse_count,
    decisions.decision_count,
    decisions.defection_count,
    decisions.cancellation_count,
    decisions.competitor_count,
    invitations.invitation_count,
    seller_reasons.seller_reason_count,
    check_ins.check_in_count,
    opportunities.open_opportunity_count
from responses
cross join decisions
cross join invitations
cross join seller_reasons
cross join check_ins
cross join opportunities
