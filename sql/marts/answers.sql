-- One row per question shown in a response that counts, answered or not.
with asked as (

    -- What a version of a form asks, by our names.
    select distinct
        asked.form_id,
        asked.definition_hash,
        coalesce(map.question_ref, asked.their_ref) as question_ref
    from staging.questions as asked
    left join seeds.question_map as map
        on asked.form_id = map.form_id and asked.their_ref = map.their_ref

),

versions as (

    select distinct
        responses.form_kind,
        responses.block,
        unfolded.form_id,
        unfolded.definition_hash
    from renewed as responses
    inner join staging.responses as unfolded using (response_key)

),

shown as (

    select
        versions.form_kind,
        versions.block,
        versions.form_id,
        versions.definition_hash,
        list(distinct questions.question_ref order by questions.question_ref) as question_refs
    from versions
    inner join seeds.questions
        on
            versions.form_kind = questions.form_kind
            and (questions.block is null or versions.block = questions.block)
    inner join asked
        on
            versions.form_id = asked.form_id
            and versions.definition_hash is not distinct from asked.definition_hash
            and questions.question_ref = asked.question_ref
    group by all

),

-- Read as often as it is named: as a table of its own it would take much memory.
received as not materialized (

    select *
    from staging.answers
    where question_ref is not null and response_key in (select response_key from renewed)

),

answered as (

    select
        response_key,
        list(question_ref) as question_refs
    from received
    group by response_key

),

twice as (

    select response_key
    from answered
    where len(question_refs) > len(list_distinct(question_refs))

),

given as (

    select
        *,
        true as is_answered
    from received
    where response_key not in (from twice)

    union all

    -- A question answered twice, as after a change of its type, has its later answer.
    select
        *,
        true as is_answered
    from received
    where response_key in (from twice)
    qualify
        row_number() over (
            partition by response_key, question_ref order by position desc
        ) = 1

    union all by name

    select
        responses.response_key,
        unnest(list_filter(
            shown.question_refs,
            lambda question_ref: not list_contains(
                coalesce(answered.question_refs, []), question_ref
            )
        )) as question_ref,
        false as is_answered
    from renewed as responses
    inner join staging.responses as unfolded using (response_key)
    inner join shown
        on
            responses.form_kind = shown.form_kind
            and responses.block is not distinct from shown.block
            and unfolded.form_id = shown.form_id
            and unfolded.definition_hash is not distinct from shown.definition_hash
    left join answered on responses.response_key = answered.response_key

)

select
    responses.response_key,
    responses.form_id,
    responses.response_id,
    responses.form_kind,
    responses.decision_id,
    responses.vote_key,
    responses.account_id,
    given.question_ref,
    coalesce(given.question_title, questions.question_title) as question_title,
    coalesce(given.field_type, questions.field_type) as field_type,
    given.answer_type,
    given.text_value,
    given.number_value,
    given.scale_min,
    given.scale_max,
    given.boolean_value,
    given.date_value,
    given.choice_refs,
    given.choice_labels,
    given.other_text,
    given.position,
    given.value_json,
    coalesce(given.is_withheld, false) as is_withheld,
    given.is_answered,
    responses.submitted_at
from given
inner join renewed as responses using (response_key)
left join seeds.questions
    on responses.form_kind = questions.form_kind and given.question_ref = questions.question_ref
