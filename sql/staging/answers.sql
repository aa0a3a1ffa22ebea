-- One row per answer in a response's current line, in the order received.
with values_by_type as (

    select
        *,
        answer ->> ['$.type', '$.field.ref', '$.field.id', '$.field.type'] as said,
        said[1] as answer_type,
        nullif(said[2], '') as field_ref,
        said[3] as field_id,
        said[4] as said_type,
        case answer_type
            when 'text' then answer -> '$.text'
            when 'url' then answer -> '$.url'
            when 'number' then answer -> '$.number'
            when 'boolean' then answer -> '$.boolean'
            when 'date' then answer -> '$.date'
            when 'choice' then answer -> '$.choice'
            when 'choices' then answer -> '$.choices'
        end as value,
        json_type(value) as value_type
    from received

),

-- A field goes by its ref; by its id only where the answer has no ref.
named as (

    select
        *,
        'ref' as named_by,
        their_ref as name
    from staging.questions

    union all

    select
        *,
        'id' as named_by,
        field_id as name
    from staging.questions
    qualify row_number() over (
        partition by form_id, definition_hash, field_id order by their_ref
    ) = 1

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
        coalesce(map.question_ref, named.their_ref, field_ref, values_by_type.field_id)
            as question_ref,
        named.question_title,
        coalesce(said_type, named.field_type) as field_type,
        named.scale_min,
        named.scale_max,
        coalesce(answer_type, '') in (
            'email', 'phone_number', 'file_url', 'payment', 'signature', 'multi_format',
            'contact_info', 'address'
        )
        or coalesce(said_type, '') in (
            'email', 'phone_number', 'file_upload', 'payment', 'signature', 'multi_format',
            'contact_info', 'address'
        )
        or coalesce(named.field_type, '') in (
            'email', 'phone_number', 'file_upload', 'payment', 'signature', 'multi_format',
            'contact_info', 'address'
        )
        or coalesce(named.is_contact_detail, false) as is_withheld
    from values_by_type
    inner join staging.responses using (form_id, response_id)
    left join named
        on
            values_by_type.form_id = named.form_id
            and responses.definition_hash = named.definition_hash
            and coalesce(field_ref, values_by_type.field_id) = named.name
            and case when field_ref is null then 'id' else 'ref' end = named.named_by
    left join seeds.question_map as map
        on
            values_by_type.form_id = map.form_id
            and coalesce(field_ref, named.their_ref, values_by_type.field_id) = map.their_ref

),

typed as (

    select
        resolved.*,
        case when answer_type in ('text', 'url') then staging.words(value, '$') end as text_value,
        case
            when
                answer_type = 'number'
                and value_type in ('BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE')
                and isfinite(try_cast(value ->> '$' as double))
                then try_cast(value ->> '$' as double)
        end as number_value,
        case
            when answer_type = 'boolean' and value_type = 'BOOLEAN'
                then cast(value ->> '$' as boolean)
        end as boolean_value,
        case
            when
                answer_type = 'date' and value_type = 'VARCHAR'
                and regexp_full_match(
                    value ->> '$',
                    '\d{4}-\d{2}-\d{2}(T00:00:00([.]0+)?(Z|[+]00:00))?'
                )
                and left(value ->> '$', 4) != '0000'
                then try_cast(left(value ->> '$', 10) as date)
        end as date_value,
        staging.choice_refs(answer_type, value) as their_refs,
        staging.choice_labels(answer_type, value) as choice_labels,
        staging.choice_other(answer_type, value) as other_text,
        -- Whether its typed place holds all of it.
        case
            when answer_type in ('text', 'url') then text_value is not null
            when answer_type = 'number' then number_value is not null
            when answer_type = 'boolean' then boolean_value is not null
            when answer_type = 'date' then date_value is not null
            when answer_type = 'choice' then staging.is_choice(value)
            when answer_type = 'choices' then coalesce(staging.is_choices(value), false)
            else false
        end as is_whole
    from resolved

),

mapped as (

    select
        typed.*,
        staging.mapped_refs(choice_map, their_refs, choice_labels) as choice_refs
    from typed
    left join choice_maps
        on
            typed.form_id = choice_maps.form_id
            and typed.question_ref = choice_maps.question_ref

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
    case when not is_withheld and not is_whole then answer end as value_json,
    is_withheld
from mapped
