-- One row: how much of each kind of input the programme holds.
with heard as (

    select
        decision_id,
        form_kind
    from marts.responses
    where
        submitted_at <= $as_of
        and fetched_at <= $as_of

)

select
    (select count(*) from raw.forms where fetched_at <= $as_of) as form_count,
    (select count(*) from heard) as response_count,
    (select count(*) from heard where form_kind = 'pulse') as pulse_count,
    (select count(*) from marts.decisions where fetched_at <= $as_of) as decision_count,
    (
        select count(*) from marts.decisions
        where is_defection and fetched_at <= $as_of
    ) as defection_count,
    (
        select count(*) from marts.decisions
        where decision_kind = 'cancelled' and fetched_at <= $as_of
    ) as cancellation_count,
    (
        select count(*) from marts.decisions
        where outcome = 'competitor' and fetched_at <= $as_of
    ) as competitor_count,
    (select count(*) from marts.invitations where sent_at <= $as_of) as invitation_count,
    (
        select count(*) from marts.seller_reasons
        where recorded_at <= $as_of and fetched_at <= $as_of
    ) as seller_reason_count,
    (select count(*) from marts.check_ins where held_on <= $as_of::date) as check_in_count,
    (
        select count(*) from staging.decisions where decision_kind = 'open'
    ) as open_opportunity_count
