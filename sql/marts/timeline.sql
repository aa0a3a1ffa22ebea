-- One row per decision: when doubt began, when we were told, when we asked, when it fell.
with told as (

    select
        decision_id,
        min(date_value) filter (where question_ref = 'first_doubt_on') as first_doubt_on,
        min(date_value) filter (where question_ref = 'told_us_on') as told_us_on,
        min(date_value) filter (where question_ref = 'we_asked_on') as we_asked_on,
        min(date_value) filter (where question_ref = 'decided_inside_on') as decided_inside_on
    from marts.answers
    where decision_id is not null
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
