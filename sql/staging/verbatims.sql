-- One row per answer in words to an open question.
select
    answers.response_key,
    answers.form_id,
    answers.response_id,
    answers.question_ref,
    questions.asks,
    answers.text_value as text,
    md5(answers.text_value) as text_hash,
    case
        when decisions.is_defection then 'against'
        when decisions.decision_kind in ('won', 'renewed') then 'for'
        when responses.form_kind in ('lost_deal', 'cancellation') then 'against'
        when responses.form_kind = 'won_deal' then 'for'
        else 'none'
    end as stance
from staging.answers
inner join staging.responses using (response_key)
inner join seeds.questions
    on
        responses.form_kind = questions.form_kind
        and answers.question_ref = questions.question_ref
        and questions.is_verbatim
left join staging.decisions on responses.decision_id = decisions.decision_id
where regexp_matches(answers.text_value, '[^\s\pZ\pC]')
qualify row_number() over (
    partition by answers.response_key, answers.question_ref order by answers.position desc
) = 1
