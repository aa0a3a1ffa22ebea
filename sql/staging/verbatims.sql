-- One row per answer in words to an open question.
-- Of the responses in `renewed`: what is there of others stays.
with worded as not materialized (

    select answers.*
    from renewed
    inner join staging.answers on renewed.response_key = answers.response_key
    where regexp_matches(answers.text_value, '[^\s\pZ\pC]')

),

-- Of a question answered twice, where its last answer is; a window would carry all words along.
retyped as (

    select
        response_key,
        question_ref,
        max(position) as position
    from worded
    group by response_key, question_ref
    having count(*) > 1

)

select
    worded.response_key,
    worded.form_id,
    worded.response_id,
    worded.question_ref,
    questions.asks,
    worded.text_value as text,
    md5(worded.text_value) as text_hash,
    staging.stance(decisions.is_defection, decisions.decision_kind, responses.form_kind) as stance,
    coalesce(forms.survey_language, 'en') as survey_language
from worded
inner join staging.responses on worded.response_key = responses.response_key
inner join seeds.questions
    on
        responses.form_kind = questions.form_kind
        and worded.question_ref = questions.question_ref
        and questions.is_verbatim
left join retyped
    on worded.response_key = retyped.response_key and worded.question_ref = retyped.question_ref
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
where coalesce(retyped.position, worded.position) = worded.position
