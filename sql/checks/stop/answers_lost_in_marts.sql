-- An answer of a response that counts which no mart holds, or words that are no verbatim.
with counts as (

    select
        response_key,
        count(*) as answer_count
    from staging.answers
    semi join looked_at using (response_key)
    where question_ref is not null
    group by response_key

),

kept as (

    select
        response_key,
        count(*) filter (where is_answered) as answer_count
    from marts.answers
    semi join looked_at using (response_key)
    group by response_key

),

-- Those with as many answers here as there need no second look, which takes long.
other as (

    select responses.response_key
    from marts.responses
    semi join looked_at using (response_key)
    left join counts using (response_key)
    left join kept using (response_key)
    where coalesce(counts.answer_count, 0) != coalesce(kept.answer_count, 0)

)

select
    answers.response_key,
    answers.question_ref
from staging.answers
semi join other using (response_key)
anti join marts.answers as found using (response_key, question_ref)
where answers.question_ref is not null

union all

select
    verbatims.response_key,
    verbatims.question_ref
from staging.verbatims
semi join looked_at using (response_key)
semi join marts.responses using (response_key)
anti join marts.verbatims as found using (response_key, question_ref)
