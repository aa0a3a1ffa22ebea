-- One row per decision: when doubt began, when we were told, when we asked, when it fell.
-- Of a decision that came back, what was told of a time before is not of this one.
with past as (

    select responses.response_key
    from marts.responses
    inner join marts.decisions using (decision_id)
    where decisions.retaken_count > 0 and responses.retaken_count < decisions.retaken_count

),

told as (

    select
        decision_id,
        min(date_value) filter (where question_ref = 'first_doubt_on') as first_doubt_on,
        min(date_value) filter (where question_ref = 'told_us_on') as told_us_on,
        min(date_value) filter (where question_ref = 'we_asked_on') as we_asked_on,
        min(date_value) filter (where question_ref = 'decided_inside_on') as decided_inside_on
    from marts.answers
    anti join past using (response_key)
    where
        decision_id is not null
        and date_value is not null
        and question_ref in ('first_doubt_on', 'told_us_on', 'we_asked_on', 'decided_inside_on')
    group by decision_id

)

select
    decisions.decision_id,
    decisions.vote_key,
    told.first_doubt_on,
    told.told_us_on,
    told.we_asked_on,
    told.decided_inside_on,
    decisions.invited_at,
    decisions.decided_on,
    decisions.answered_at
from marts.decisions
left join told using (decision_id)
