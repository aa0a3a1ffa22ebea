-- Words typed in answer to an open question that are no verbatim, or a verbatim nobody typed so.
with worded as not materialized (

    select
        answers.response_key,
        answers.question_ref,
        answers.position,
        answers.text_value
    from staging.answers
    inner join staging.responses using (response_key)
    semi join seeds.questions
        on
            responses.form_kind = questions.form_kind
            and answers.question_ref = questions.question_ref
            and questions.is_verbatim
    where regexp_matches(answers.text_value, '[^\s\pZ\pC]')

),

typed as (

    select
        response_key,
        bit_xor(hash(question_ref, text_value)) as words_hash
    from worded
    group by response_key

),

kept as (

    select
        response_key,
        bit_xor(hash(question_ref, text)) as words_hash
    from staging.verbatims
    group by response_key

),

-- Those with the same words here as there need no second look, which takes long.
other as (

    select response_key
    from typed
    full join kept using (response_key)
    where typed.words_hash is distinct from kept.words_hash

),

-- Of a question answered twice its later words count.
said as (

    select
        response_key,
        question_ref,
        arg_max(text_value, position) as text
    from worded
    semi join other using (response_key)
    group by response_key, question_ref

)

select
    response_key,
    question_ref
from said
full join (
    from staging.verbatims
    semi join other using (response_key)
) as verbatims using (response_key, question_ref)
where said.text is distinct from verbatims.text
