-- One row per time counted over (the window, or ever): of how many decisions our side was asked
-- whether it said in writing what we cannot do, and how often it had. Only the work file holds
-- what sellers answer.
-- Needs the work file.
with lines as (

    select
        decisions.decision_id,
        bool_or(answers.boolean_value is not null) as is_answered,
        coalesce(bool_or(answers.boolean_value), false) as is_drawn,
        any_value(decisions.closes_on) as closes_on
    from marts.answers
    inner join marts.responses using (response_key)
    inner join marts.decisions on answers.decision_id = decisions.decision_id
    where
        answers.form_kind = 'seller'
        and answers.question_ref = 'drew_line'
        and responses.submitted_at <= $as_of
        and responses.fetched_at <= $as_of
        and ($team::varchar is null or decisions.team = $team)
    group by decisions.decision_id

),

timed as (

    select
        *,
        unnest(list_filter(
            [case when closes_on between $from and $to then 'window' end, 'ever'],
            lambda each: each is not null
        )) as scope
    from lines

)

select
    scope,
    count(*) as asked_count,
    count(*) filter (where is_answered) as answered_count,
    count(*) filter (where is_drawn) as drawn_count
from timed
group by scope
order by scope
