-- One row per response that counts: what its rows are made of in the marts that are renewed, but
-- for what coders say, as a number of its own; and one that all share.
with together as (

    select hash(
        $model,
        getvariable('salt'),
        (select list(questions order by questions) from seeds.questions),
        (select list(question_map order by question_map) from seeds.question_map),
        (select list(reasons order by reasons) from staging.reasons)
    ) as shared_hash

),

-- What a version of a form asks.
versions as (

    select
        form_id,
        definition_hash,
        bit_xor(hash(questions)) as questions_hash
    from staging.questions
    group by form_id, definition_hash

),

-- What any version of a form asks that is personal, and so is withheld in all of them.
personal as (

    select
        form_id,
        bit_xor(hash(names)) as names_hash
    from (
        select distinct
            form_id,
            their_ref,
            field_id
        from staging.questions
        where is_contact_detail or staging.is_personal(field_type)
    ) as names
    group by form_id

),

-- What people said of a text, under whatever stance.
labelled as (

    select
        text_hash,
        bit_xor(hash(labels)) as labels_hash
    from staging.labels
    group by text_hash

),

judged as (

    select
        verbatims.response_key,
        bit_xor(hash(verbatims.question_ref, labelled.labels_hash)) as labels_hash
    from staging.verbatims
    inner join labelled using (text_hash)
    group by verbatims.response_key

)

select
    responses.response_key,
    together.shared_hash,
    hash(
        responses,
        received.item_hash,
        received.definition_hash,
        versions.questions_hash,
        personal.names_hash,
        -- Words about a decision that turned are heard otherwise.
        decisions.is_defection,
        decisions.decision_kind,
        judged.labels_hash
    ) as own_hash
from marts.responses
inner join staging.responses as received using (response_key)
left join staging.decisions on received.decision_id = decisions.decision_id
left join versions
    on
        received.form_id = versions.form_id
        and received.definition_hash is not distinct from versions.definition_hash
left join personal on received.form_id = personal.form_id
left join judged on responses.response_key = judged.response_key
cross join together
