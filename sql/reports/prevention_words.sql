-- One row per pulse with words that may be quoted: its words together, and the day on which the
-- account cancelled within 180 days after it; the name only where it may be shown.
-- Needs the work file.
with words as (

    select
        response_key,
        string_agg(text, ' ' order by question_ref) as text
    from marts.verbatims
    where form_kind = 'pulse' and may_quote in ('named', 'unnamed')
    group by response_key

),

cancelled as (

    select
        account_id,
        decided_on
    from marts.decisions
    where decision_kind = 'cancelled' and decided_on <= $week_to and fetched_at <= $as_of

),

pulses as (

    select
        *,
        cast(timezone($zone, submitted_at) as date) as said_on
    from marts.pulses
    where submitted_at <= $as_of and fetched_at <= $as_of

)

select
    pulses.response_key,
    pulses.account_id,
    case when pulses.may_see then any_value(accounts.account_name) end as account_name,
    pulses.said_on,
    any_value(words.text) as text,
    min(cancelled.decided_on) as left_on
from pulses
inner join words using (response_key)
inner join marts.accounts on pulses.account_id = accounts.account_id
left join cancelled
    on
        pulses.account_id = cancelled.account_id
        and pulses.said_on < cancelled.decided_on
        and cancelled.decided_on <= pulses.said_on + 180
where pulses.said_on <= $week_to
group by pulses.response_key, pulses.account_id, pulses.said_on, pulses.may_see
order by pulses.response_key
