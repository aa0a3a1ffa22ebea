-- Words typed in answer to an open question that are no verbatim, or a verbatim nobody typed so.
with said as (

    select
        answers.response_key,
        answers.question_ref,
        -- Of a question answered twice its later words count. What words are is not asked where
        -- answers are read, since it would be asked of all.
        arg_max(hash(answers.text_value), answers.position) filter (
            where regexp_matches(answers.text_value, '[^\s\pZ\pC]')
        ) as later_hash
    from staging.answers
    semi join looked_at using (response_key)
    inner join staging.responses using (response_key)
    semi join seeds.questions
        on
            responses.form_kind = questions.form_kind
            and answers.question_ref = questions.question_ref
            and questions.is_verbatim
    where answers.text_value is not null
    group by answers.response_key, answers.question_ref

),

typed as (

    select
        response_key,
        bit_xor(hash(question_ref, later_hash)) as words_hash
    from said
    where later_hash is not null
    group by response_key

),

kept as (

    select
        response_key,
        bit_xor(hash(question_ref, hash(text))) as words_hash
    from staging.verbatims
    semi join looked_at using (response_key)
    group by response_key

)

select response_key
from typed
full join kept using (response_key)
where typed.words_hash is distinct from kept.words_hash
