-- One row per defection: our reason beside theirs, one decision one vote.

-- Of a decision that came back, what was said of the last time it was taken alone counts.
with present as (

    select
        responses.response_key,
        responses.decision_id,
        responses.respondent,
        responses.submitted_at
    from marts.responses
    left join marts.decision_history as history
        on responses.decision_id = history.decision_id and history.is_latest
    where
        responses.vote_key is not null
        and responses.retaken_count = coalesce(history.retaken_count, 0)

),

theirs as (

    select
        decision_reasons.decision_id,
        decision_reasons.reason,
        decision_reasons.parent,
        count(distinct response_key) filter (where decision_reasons.is_primary) as primary_count,
        max(decision_reasons.submitted_at) as last_said_at
    from marts.decision_reasons
    inner join present using (response_key)
    where decision_reasons.is_theirs
    group by all

),

voted as (

    select
        decision_id,
        arg_max(reason, (primary_count, last_said_at, reason)) as customer_reason,
        count(*) filter (where primary_count > 0) > 1 as is_disputed,
        list(reason order by reason) as customer_reasons,
        list(distinct parent order by parent) as customer_parents
    from theirs
    group by decision_id
    having max(primary_count) > 0

),

heard as (

    select
        decision_id,
        count(distinct coalesce(respondent, response_key)) as respondent_count,
        min(submitted_at) as answered_at
    from present
    group by decision_id

),

ours as (

    select
        decision_id,
        arg_max(reason, recorded_at) as seller_reason,
        arg_max(parent, recorded_at) as seller_parent
    from marts.seller_reasons
    where is_knowing and reason is not null
    group by decision_id

)

select
    decisions.decision_id,
    marts.opaque(getvariable('salt'), decisions.decision_id) as vote_key,
    ours.seller_reason,
    voted.customer_reason,
    coalesce(voted.is_disputed, false) as is_disputed,
    coalesce(heard.respondent_count, 0) as respondent_count,
    heard.answered_at,
    case
        when not decisions.is_defection then null
        when heard.decision_id is null then 'silent'
        when ours.seller_reason is null then 'unstated'
        when voted.customer_reason is null then null
        when ours.seller_reason = voted.customer_reason and not voted.is_disputed then 'right'
        when
            list_contains(voted.customer_reasons, ours.seller_reason)
            or list_contains(voted.customer_parents, ours.seller_parent)
            then 'partly'
        else 'wrong'
    end as verdict_when_over
from staging.decisions
left join ours using (decision_id)
left join voted using (decision_id)
left join heard using (decision_id)
where decisions.decision_kind <> 'open'
