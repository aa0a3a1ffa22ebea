-- A question of a version of a form that fewer of its responses have a row for than there are,
-- answered or not.
with counted as (

    select
        responses.response_key,
        responses.form_kind,
        responses.block,
        received.form_id,
        received.definition_hash,
        -- What was asked of them, as one number.
        hash(
            responses.form_kind, responses.block, received.form_id, received.definition_hash
        ) as version
    from marts.responses
    semi join looked_at using (response_key)
    inner join staging.responses as received using (response_key)

),

versions as (

    select
        form_kind,
        block,
        form_id,
        definition_hash,
        version,
        count(*) as response_count
    from counted
    group by all

),

asked as (

    select distinct
        versions.version,
        versions.form_id,
        versions.response_count,
        questions.question_ref
    from versions
    inner join staging.questions as asking
        on
            versions.form_id = asking.form_id
            and versions.definition_hash is not distinct from asking.definition_hash
    left join seeds.question_map as map
        on asking.form_id = map.form_id and asking.their_ref = map.their_ref
    inner join seeds.questions
        on
            versions.form_kind = questions.form_kind
            and (questions.block is null or versions.block = questions.block)
            and coalesce(map.question_ref, asking.their_ref) = questions.question_ref

),

held as (

    select
        counted.version,
        answers.question_ref,
        count(*) as answer_count
    from marts.answers
    inner join counted using (response_key)
    group by all

)

select
    asked.form_id,
    asked.question_ref,
    asked.response_count - coalesce(held.answer_count, 0) as lost_count
from asked
left join held using (version, question_ref)
where coalesce(held.answer_count, 0) < asked.response_count
