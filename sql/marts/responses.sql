-- One row per completed response with a valid signature where one is asked for.
with received as not materialized (

    select *
    from staging.responses
    where response_type = 'completed' and signature in ('valid', 'not_required')

),

consents as (

    select
        response_key,
        -- Asked twice (a question retyped in between), the narrower answer counts.
        bool_and(coalesce(boolean_value, false)) filter (where question_ref = 'may_see')
            as may_see,
        bool_and(
            coalesce(choice_refs = ['named'] or choice_refs = ['unnamed'], false)
        ) filter (where question_ref = 'may_quote') as may_quote,
        bool_and(
            coalesce(choice_refs = ['named'], false)
        ) filter (where question_ref = 'may_quote') as may_name,
        bool_or(boolean_value) filter (where question_ref = 'call_me') as call_me
    from staging.answers
    where question_ref in ('may_see', 'may_quote', 'call_me')
    group by response_key

),

-- Colleagues who answered about one decision are seen together or not at all: what one allows
-- would otherwise show what the other kept in confidence.
confided as (

    select distinct received.decision_id
    from received
    left join consents using (response_key)
    where received.form_kind not in ('seller', 'staff') and consents.may_see is distinct from true

),

retaken as (

    select
        decision_id,
        holds_from,
        retaken_count
    from marts.decision_history
    where retaken_count > 0

),

-- Of a decision that came back, the time it was taken that the answer is about.
about as (

    select
        received.response_key,
        retaken.retaken_count
    from received
    asof inner join retaken
        on
            received.decision_id = retaken.decision_id
            and received.submitted_at >= retaken.holds_from

),

counted as (

    select
        received.*,
        decisions.decision_id as known_decision_id,
        coalesce(decisions.account_id, accounts.account_id) as known_account_id,
        received.form_kind not in ('seller', 'staff') as is_customer,
        coalesce(consents.may_see, false)
        and not (
            is_customer and decisions.decision_id is not null and confided.decision_id is not null
        ) as may_see,
        consents.may_quote,
        consents.may_name,
        coalesce(consents.call_me, false) as call_me,
        coalesce(
            case when decisions.decision_id is not null then about.retaken_count end, 0
        ) as retaken_count
    from received
    left join consents using (response_key)
    left join staging.decisions
        on received.decision_id = decisions.decision_id and decisions.decision_kind <> 'open'
    left join staging.accounts on received.account_id = accounts.account_id
    left join confided on received.decision_id = confided.decision_id
    left join about on received.response_key = about.response_key

)

select
    response_key,
    form_id,
    form_kind,
    response_id,
    known_decision_id as decision_id,
    case when is_customer then marts.opaque(getvariable('salt'), known_decision_id) end
        as vote_key,
    known_account_id as account_id,
    respondent,
    block,
    case
        when may_name and may_see then 'named'
        when may_quote then 'unnamed'
        else 'counted'
    end as may_quote,
    may_see,
    call_me,
    retaken_count,
    landed_at,
    submitted_at,
    fetched_at
from counted
