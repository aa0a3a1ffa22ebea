-- One row per answer in a response's current line, in the order received.
with items as (

    select
        form_id,
        response_id,
        try_cast(item -> '$.answers' as json[]) as answers
    from changed

),

positions as (

    select
        form_id,
        response_id,
        answers,
        unnest(range(1, len(answers) + 1)) as position
    from items

),

values_by_type as (

    select
        form_id,
        response_id,
        position,
        answers[position] as answer,
        answers[position] ->> '$.type' as answer_type,
        case
            when answers[position] ->> '$.type' in (
                'text', 'url', 'number', 'boolean', 'date', 'choice', 'choices'
            ) then json_extract(answers[position], concat('$.', answers[position] ->> '$.type'))
        end as value
    from positions

),

choice_maps as (

    select
        form_id,
        question_ref,
        map(list(their_choice), list(choice_ref)) as choice_map
    from seeds.choice_map
    group by all

),

resolved as (

    select
        responses.response_key,
        values_by_type.*,
        coalesce(
            map.question_ref, questions.their_ref, answer ->> '$.field.ref',
            answer ->> '$.field.id'
        ) as question_ref,
        questions.question_title,
        answer ->> '$.field.id' as field_id,
        coalesce(answer ->> '$.field.type', questions.field_type) as field_type,
        questions.scale_min,
        questions.scale_max,
        coalesce(answer_type, '') in (
            'email', 'phone_number', 'file_url', 'payment', 'signature', 'multi_format'
        )
        or coalesce(answer ->> '$.field.type', questions.field_type, '') in (
            'email', 'phone_number', 'file_upload', 'payment', 'signature', 'multi_format',
            'contact_info', 'address'
        )
        or coalesce(questions.is_contact_detail, false) as is_withheld
    from values_by_type
    inner join staging.responses using (form_id, response_id)
    left join staging.questions
        on
            values_by_type.form_id = questions.form_id
            and responses.definition_hash = questions.definition_hash
            and coalesce(answer ->> '$.field.ref', answer ->> '$.field.id') = case
                when answer ->> '$.field.ref' is null then questions.field_id
                else questions.their_ref
            end
    left join seeds.question_map as map
        on
            values_by_type.form_id = map.form_id
            and coalesce(answer ->> '$.field.ref', questions.their_ref) = map.their_ref

),

typed as (

    select
        resolved.*,
        case when answer_type in ('text', 'url') then value ->> '$' end as text_value,
        case when answer_type = 'number' then try_cast(value ->> '$' as double) end
            as number_value,
        case when answer_type = 'boolean' then try_cast(value ->> '$' as boolean) end
            as boolean_value,
        case
            when answer_type = 'date' and regexp_full_match(
                value ->> '$', '\d{4}-\d{2}-\d{2}(T00:00:00(\.0+)?(Z|[+]00:00))?'
            ) then try_cast(left(value ->> '$', 10) as date)
        end as date_value,
        staging.mapped_refs(
            choice_map,
            staging.choice_refs(answer_type, value),
            staging.choice_labels(answer_type, value)
        ) as choice_refs,
        staging.choice_labels(answer_type, value) as choice_labels,
        staging.choice_other(answer_type, value) as other_text
    from resolved
    left join choice_maps
        on
            resolved.form_id = choice_maps.form_id
            and resolved.question_ref = choice_maps.question_ref

)

select
    response_key,
    form_id,
    response_id,
    question_ref,
    question_title,
    field_id,
    field_type,
    answer_type,
    case when not is_withheld then text_value end as text_value,
    case when not is_withheld then number_value end as number_value,
    scale_min,
    scale_max,
    case when not is_withheld then boolean_value end as boolean_value,
    case when not is_withheld then date_value end as date_value,
    case when not is_withheld then choice_refs end as choice_refs,
    case when not is_withheld then choice_labels end as choice_labels,
    case when not is_withheld then other_text end as other_text,
    position,
    -- What found no typed place is kept as received.
    case
        when
            not is_withheld
            and coalesce(text_value, other_text) is null
            and number_value is null
            and boolean_value is null
            and date_value is null
            and coalesce(len(choice_refs), 0) + coalesce(len(choice_labels), 0) = 0
            then answer
    end as value_json,
    is_withheld
from typed
