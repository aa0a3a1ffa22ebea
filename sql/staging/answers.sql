-- One row per answer in a response's current line, in the order received.
with received as (

    select
        form_id,
        response_id,
        definition_hash,
        item,
        is_listed,
        unnest(answers) as said,
        generate_subscripts(answers, 1) as position
    from changed

),

values_by_type as (

    select
        * exclude (said),
        said.type as answer_type,
        nullif(said.field.ref, '') as field_ref,
        said.field.id as field_id,
        said.field.type as said_type,
        case answer_type
            when 'text' then said.text
            when 'url' then said.url
            when 'number' then said.number
            when 'boolean' then said.boolean
            when 'date' then said.date
            when 'choice' then said.choice
            when 'choices' then said.choices
        end as value,
        case when answer_type in ('number', 'choices') then json_type(value) end as value_type,
        case when answer_type = 'date' then staging.words(value) end as date_text,
        -- Choices come in three shapes: one, a list of such, or an object of lists.
        case when answer_type = 'choice' then staging.choice(value) end as choice,
        case
            when answer_type = 'choices' and value_type = 'ARRAY'
                then list_transform(
                    json_extract(value, '$[*]'), lambda document: staging.choice(document)
                )
        end as choices,
        case
            when answer_type = 'choices' and value_type = 'OBJECT'
                then staging.choice_lists(value)
        end as choice_lists
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

-- What is personal in any version of a form is so by its ref and by its id: refs are renamed.
personal as (

    select distinct
        form_id,
        unnest([their_ref, field_id]) as name
    from staging.questions
    where is_contact_detail or staging.is_personal(field_type)

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
        values_by_type.*,
        concat(values_by_type.form_id, '/', response_id) as response_key,
        coalesce(map.question_ref, named.their_ref, field_ref, values_by_type.field_id)
            as question_ref,
        named.question_title,
        coalesce(said_type, named.field_type) as field_type,
        named.scale_min,
        named.scale_max,
        staging.is_personal(answer_type)
        or staging.is_personal(said_type)
        or personal_ref.name is not null
        or personal_id.name is not null as is_withheld
    from values_by_type
    left join named
        on
            values_by_type.form_id = named.form_id
            and values_by_type.definition_hash = named.definition_hash
            and coalesce(field_ref, values_by_type.field_id) = named.name
            and case when field_ref is null then 'id' else 'ref' end = named.named_by
    left join seeds.question_map as map
        on
            values_by_type.form_id = map.form_id
            and coalesce(field_ref, named.their_ref, values_by_type.field_id) = map.their_ref
    left join personal as personal_ref
        on
            values_by_type.form_id = personal_ref.form_id
            and values_by_type.field_ref = personal_ref.name
    left join personal as personal_id
        on
            values_by_type.form_id = personal_id.form_id
            and values_by_type.field_id = personal_id.name

),

typed as (

    select
        resolved.*,
        case when answer_type in ('text', 'url') then staging.words(value) end as text_value,
        case
            when
                answer_type = 'number'
                and value_type in ('BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE')
                and isfinite(try_cast(value::varchar as double))
                then try_cast(value::varchar as double)
        end as number_value,
        case
            when answer_type = 'boolean' and value in ('true', 'false') then value = 'true'
        end as boolean_value,
        case
            when
                regexp_full_match(
                    date_text, '\d{4}-\d{2}-\d{2}(T00:00:00([.]0+)?(Z|[+]00:00))?'
                )
                and left(date_text, 4) != '0000'
                then try_cast(left(date_text, 10) as date)
        end as date_value,
        case
            when staging.choice_ref(choice) is not null then [staging.choice_ref(choice)]
            when answer_type = 'choice' and staging.words(choice[4]) is null then []
            when choices is not null
                then list_transform(
                    staging.ticked(choices), lambda each: staging.choice_ref(each)
                )
            when choice_lists is not null
                then staging.first_of(
                    staging.all_words(choice_lists[2]), staging.all_words(choice_lists[1])
                )
        end as their_refs,
        case
            when answer_type = 'choice'
                then list_filter([staging.words(choice[3])], lambda label: label is not null)
            when choices is not null
                then list_transform(
                    staging.ticked(choices), lambda each: staging.words(each[3])
                )
            when choice_lists is not null then staging.all_words(choice_lists[3])
        end as choice_labels,
        case
            when answer_type = 'choice' then staging.words(choice[4])
            when choices is not null
                then array_to_string(
                    nullif(
                        list_filter(
                            list_transform(choices, lambda each: staging.words(each[4])),
                            lambda typed_words: typed_words is not null
                        ),
                        []
                    ),
                    '; '
                )
            when choice_lists is not null then staging.words(choice_lists[4])
        end as other_text,
        -- Whether its typed place holds all of it.
        case
            when answer_type in ('text', 'url') then text_value is not null
            -- A double holds no more than some sixteen digits.
            when answer_type = 'number' and value_type != 'DOUBLE'
                then (
                    try_cast(value::varchar as hugeint) = try_cast(number_value as hugeint)
                ) is true
            when answer_type = 'number' then number_value is not null
            when answer_type = 'boolean' then boolean_value is not null
            when answer_type = 'date' then date_value is not null
            when answer_type = 'choice' then staging.is_choice(choice)
            when choices is not null
                then coalesce(
                    list_bool_and(
                        list_transform(choices, lambda each: staging.is_choice(each))
                    ),
                    true
                )
                -- Two answers typed in words would not be told apart any more.
                and len(list_filter(choices, lambda each: starts_with(each[4], '"'))) <= 1
            when choice_lists is not null then staging.are_choice_lists(choice_lists)
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
    case
        when is_withheld or is_whole then null
        when is_listed
            then nullif(json_extract(item, concat('$.answers[', position - 1, ']')), 'null')
        else json_extract(item, '$.answers')
    end as value_json,
    is_withheld
from mapped
