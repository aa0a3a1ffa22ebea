-- One row per completed response with a valid signature where one is asked for.
with consents as (

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
    group by response_key

),

retaken as (

    select
        decision_id,
        holds_from,
        retaken_count
    from marts.decision_history
    where retaken_count > 0

),

counted as (

    select
        responses.*,
        decisions.decision_id as known_decision_id,
        coalesce(decisions.account_id, accounts.account_id) as known_account_id,
        responses.form_kind not in ('seller', 'staff') as is_customer,
        consents.may_quote,
        consents.may_name,
        coalesce(consents.call_me, false) as call_me,
        coalesce(retaken.retaken_count, 0) as retaken_count,
        -- Colleagues who answered about one decision are seen together or not at all: what one
        -- allows would otherwise show what the other kept in confidence.
        coalesce(bool_and(coalesce(consents.may_see, false)) over (
            partition by
                case when is_customer then decisions.decision_id end,
                case
                    when not is_customer or decisions.decision_id is null
                        then responses.response_key
                end
        ), false) as may_see
    from staging.responses
    left join consents using (response_key)
    left join staging.decisions
        on responses.decision_id = decisions.decision_id and decisions.decision_kind <> 'open'
    left join staging.accounts on responses.account_id = accounts.account_id
    -- Of a decision that came back, the time it was taken that the answer is about.
    asof left join retaken
        on
            decisions.decision_id = retaken.decision_id
            and responses.submitted_at >= retaken.holds_from
    where
        responses.response_type = 'completed'
        and responses.signature in ('valid', 'not_required')

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
