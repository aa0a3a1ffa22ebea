-- One row per completed response with a valid signature where one is asked for.
with consents as (

    select
        response_key,
        coalesce(bool_or(boolean_value) filter (where question_ref = 'may_see'), false) as may_see,
        arg_max(choice_refs[1], position) filter (where question_ref = 'may_quote') as may_quote,
        coalesce(bool_or(boolean_value) filter (where question_ref = 'call_me'), false) as call_me
    from staging.answers
    group by response_key

)

select
    responses.response_key,
    responses.form_id,
    responses.form_kind,
    responses.response_id,
    decisions.decision_id,
    marts.opaque(getvariable('salt'), decisions.decision_id) as vote_key,
    coalesce(decisions.account_id, accounts.account_id) as account_id,
    responses.respondent,
    responses.block,
    case
        when consents.may_quote = 'named' and not consents.may_see then 'unnamed'
        when consents.may_quote in ('named', 'unnamed') then consents.may_quote
        else 'counted'
    end as may_quote,
    coalesce(consents.may_see, false) as may_see,
    coalesce(consents.call_me, false) as call_me,
    responses.landed_at,
    responses.submitted_at,
    responses.fetched_at
from staging.responses
left join consents using (response_key)
left join staging.decisions
    on responses.decision_id = decisions.decision_id and decisions.decision_kind <> 'open'
left join staging.accounts on responses.account_id = accounts.account_id
where
    responses.response_type = 'completed'
    and responses.signature in ('valid', 'not_required')
