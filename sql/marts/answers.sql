-- One row per question shown in a response that counts, answered or not.
with shown as (

    select
        responses.response_key,
        responses.form_kind,
        questions.question_ref
    from marts.responses
    inner join seeds.questions
        on
            responses.form_kind = questions.form_kind
            and (questions.block is null or responses.block = questions.block)
    where
        exists (
            select 1
            from staging.responses as received
            inner join staging.questions as asked
                on
                    received.form_id = asked.form_id
                    and received.definition_hash = asked.definition_hash
            left join seeds.question_map as map
                on asked.form_id = map.form_id and asked.their_ref = map.their_ref
            where
                received.response_key = responses.response_key
                and coalesce(map.question_ref, asked.their_ref) = questions.question_ref
        )

    union

    select
        responses.response_key,
        responses.form_kind,
        answers.question_ref
    from staging.answers
    inner join marts.responses using (response_key)
    where answers.question_ref is not null

),

answered as (

    select *
    from staging.answers
    qualify row_number() over (
        partition by response_key, question_ref order by position desc
    ) = 1

)

select
    responses.response_key,
    responses.form_id,
    responses.response_id,
    responses.form_kind,
    responses.decision_id,
    responses.vote_key,
    responses.account_id,
    shown.question_ref,
    coalesce(answered.question_title, questions.question_title) as question_title,
    coalesce(answered.field_type, questions.field_type) as field_type,
    answered.answer_type,
    answered.text_value,
    answered.number_value,
    answered.scale_min,
    answered.scale_max,
    answered.boolean_value,
    answered.date_value,
    answered.choice_refs,
    answered.choice_labels,
    answered.other_text,
    answered.position,
    answered.value_json,
    coalesce(answered.is_withheld, false) as is_withheld,
    answered.question_ref is not null as is_answered,
    responses.submitted_at
from shown
inner join marts.responses using (response_key)
left join answered
    on
        shown.response_key = answered.response_key
        and shown.question_ref = answered.question_ref
left join seeds.questions
    on shown.form_kind = questions.form_kind and shown.question_ref = questions.question_ref
