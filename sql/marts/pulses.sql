-- One row per current customer's pulse.
select
    responses.response_key,
    responses.response_id,
    responses.account_id,
    max(answers.number_value) filter (where question_ref = 'satisfaction') as satisfaction,
    max(answers.choice_refs[1]) filter (where question_ref = 'would_move') as would_move,
    max(answers.number_value) filter (where question_ref = 'goals_known') as goals_known,
    max(answers.number_value) filter (where question_ref = 'challenges_known') as challenges_known,
    max(answers.number_value) filter (where question_ref = 'challenges_worked')
        as challenges_worked,
    max(answers.number_value) filter (where question_ref = 'met_expectation') as met_expectation,
    responses.may_see,
    responses.submitted_at,
    responses.fetched_at
from renewed as responses
left join marts.answers
    on
        responses.response_key = answers.response_key
        and answers.question_ref in (
            'satisfaction', 'would_move', 'goals_known', 'challenges_known', 'challenges_worked',
            'met_expectation'
        )
where responses.form_kind = 'pulse'
group by all
