-- One row per sign, in one response, that a customer wants to talk or may leave.
select
    responses.account_id,
    responses.response_key,
    responses.response_id,
    responses.form_kind,
    'asked_for_a_call' as sign,
    responses.may_see,
    responses.submitted_at,
    responses.fetched_at
from marts.responses
where responses.call_me

union all by name

select
    pulses.account_id,
    pulses.response_key,
    pulses.response_id,
    'pulse' as form_kind,
    unnest(list_filter(
        [
            case pulses.would_move when 'yes' then 'would_move' when 'maybe' then 'might_move' end,
            case when pulses.goals_known <= 2 then 'goals_unknown' end
        ],
        lambda sign: sign is not null
    )) as sign,
    pulses.may_see,
    pulses.submitted_at,
    pulses.fetched_at
from marts.pulses
