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
    end as stance,
    coalesce(forms.survey_language, 'en') as survey_language
from staging.answers
inner join staging.responses using (response_key)
inner join seeds.questions
    on
        responses.form_kind = questions.form_kind
        and answers.question_ref = questions.question_ref
        and questions.is_verbatim
left join staging.decisions on responses.decision_id = decisions.decision_id
left join (
    select
        form_id,
        definition_hash,
        any_value(lower(left(definition ->> '$.settings.language', 2))) filter (
            where regexp_full_match(
                definition ->> '$.settings.language', '[a-zA-Z]{2}([-_].*)?'
            )
        ) as survey_language
    from raw.forms
    group by form_id, definition_hash
) as forms
    on
        responses.form_id = forms.form_id
        and responses.definition_hash = forms.definition_hash
where regexp_matches(answers.text_value, '[^\s\pZ\pC]')
qualify row_number() over (
    partition by answers.response_key, answers.question_ref order by answers.position desc
) = 1
