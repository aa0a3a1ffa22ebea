-- An instant as Typeform writes it, in UTC where it names no zone; the year 1 stands for none.
create or replace macro staging.instant(told) as case
    when
        regexp_full_match(
            told, '\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([.]\d+)?(Z|[+-]\d{2}:?\d{2})?'
        )
        and left(told, 4) not in ('0000', '0001', '9999')
        then try_cast(
            concat(told, case when not regexp_matches(told, '(Z|[+-]\d{2}:?\d{2})$') then 'Z' end)
            as timestamptz
        )
end;

-- A title as a reader saw it: recall tokens as an ellipsis, no asterisks or underscores of markup.
create or replace macro staging.without_markup(title) as trim(
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(title, '\{\{[^}]*\}\}', '…', 'g'),
                '\*+', '', 'g'
            ),
            '(^|[^\pL\pN_])_+|_+([^\pL\pN_]|$)', '\1\2', 'g'
        ),
        '\s+', ' ', 'g'
    )
);

-- The elements of an array in a document; nothing where there is none, or something else.
create or replace macro staging.listed(document, place) as case
    when json_type(document, place) = 'ARRAY' then cast(json_extract(document, place) as json[])
end;

-- Text that is text in the JSON, too: what merely looks like it is not taken for it.
create or replace macro staging.words(document, place) as case
    when json_type(document, place) = 'VARCHAR' then json_extract_string(document, place)
end;

create or replace macro staging.may_be_words(document, place) as (
    coalesce(json_type(document, place), 'NULL') in ('VARCHAR', 'NULL')
);

create or replace macro staging.may_be_all_words(document, place) as case
    when json_type(document, place) = 'ARRAY'
        then not list_has_any(
            json_type(document, concat(place, '[*]')),
            ['OBJECT', 'ARRAY', 'BOOLEAN', 'BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE']
        )
    else coalesce(json_type(document, place), 'NULL') = 'NULL'
end;

create or replace macro staging.all_words(document, place) as case
    when json_type(document, place) is distinct from 'ARRAY' then null
    when staging.may_be_all_words(document, place)
        then json_extract_string(document, concat(place, '[*]'))
    else list_transform(
        staging.listed(document, place), lambda element: staging.words(element, '$')
    )
end;

-- One choice: {id?, ref?, label?, other?}. The id "other" names no choice.
create or replace macro staging.choice_ref(choice) as coalesce(
    nullif(staging.words(choice, '$.ref'), ''),
    case
        when json_type(choice, '$.other') is null or staging.words(choice, '$.id') != 'other'
            then nullif(staging.words(choice, '$.id'), '')
    end
);

create or replace macro staging.is_choice(choice) as (
    coalesce(json_type(choice), 'NULL') = 'OBJECT'
    and coalesce(
        staging.words(choice, '$.label'), staging.words(choice, '$.ref'),
        staging.words(choice, '$.id'), staging.words(choice, '$.other')
    ) is not null
    and staging.may_be_words(choice, '$.label') and staging.may_be_words(choice, '$.other')
    and staging.may_be_words(choice, '$.ref') and staging.may_be_words(choice, '$.id')
);

create or replace macro staging.ticked(choices) as list_filter(
    staging.listed(choices, '$'),
    lambda choice: (
        staging.words(choice, '$.other') is null or staging.choice_ref(choice) is not null
    )
);

-- Element by element, the first list's or else the second's; the second where there is no first.
create or replace macro staging.first_of(listed, spare) as case
    when listed is null then spare
    when list_count(listed) = len(listed) then listed
    else list_transform(range(1, len(listed) + 1), lambda i: coalesce(listed[i], spare[i]))
end;

-- Refs, labels and typed words of a choice answer, whichever of Typeform's shapes it came in.
create or replace macro staging.choice_refs(answer_type, answer_value) as case
    when answer_type = 'choice'
        then case
            when
                staging.words(answer_value, '$.other') is null
                or staging.choice_ref(answer_value) is not null
                then list_filter([staging.choice_ref(answer_value)], lambda ref: ref is not null)
        end
    when answer_type = 'choices' and json_type(answer_value) = 'ARRAY'
        then list_transform(
            staging.ticked(answer_value), lambda choice: staging.choice_ref(choice)
        )
    when answer_type = 'choices'
        then staging.first_of(
            staging.all_words(answer_value, '$.refs'), staging.all_words(answer_value, '$.ids')
        )
end;

create or replace macro staging.choice_labels(answer_type, answer_value) as case
    when answer_type = 'choice'
        then list_filter([staging.words(answer_value, '$.label')], lambda label: label is not null)
    when answer_type = 'choices' and json_type(answer_value) = 'ARRAY'
        then list_transform(
            staging.ticked(answer_value), lambda choice: staging.words(choice, '$.label')
        )
    when answer_type = 'choices' then staging.all_words(answer_value, '$.labels')
end;

create or replace macro staging.choice_other(answer_type, answer_value) as case
    when answer_type = 'choices' and json_type(answer_value) = 'ARRAY'
        then nullif(
            array_to_string(
                list_transform(
                    staging.listed(answer_value, '$'),
                    lambda choice: staging.words(choice, '$.other')
                ),
                '; '
            ),
            ''
        )
    when answer_type in ('choice', 'choices') then staging.words(answer_value, '$.other')
end;

-- Whether a value is of the shape its type has, so that nothing of it is left over.
create or replace macro staging.is_choices(answer_value) as case json_type(answer_value)
    when 'ARRAY'
        then coalesce(
            list_bool_and(
                list_transform(
                    staging.listed(answer_value, '$'), lambda choice: staging.is_choice(choice)
                )
            ),
            true
        )
    when 'OBJECT'
        then
            staging.may_be_all_words(answer_value, '$.labels')
            and staging.may_be_all_words(answer_value, '$.refs')
            and staging.may_be_all_words(answer_value, '$.ids')
            and staging.may_be_words(answer_value, '$.other')
            and coalesce(
                staging.listed(answer_value, '$.labels'), staging.listed(answer_value, '$.refs'),
                staging.listed(answer_value, '$.ids'),
                case when staging.words(answer_value, '$.other') is not null then [] end
            ) is not null
    else false
end;

create or replace macro staging.mapped_refs(choice_map, refs, labels) as case
    when choice_map is null then refs
    else list_transform(
        range(1, greatest(coalesce(len(refs), 0), coalesce(len(labels), 0)) + 1),
        lambda i: coalesce(choice_map[refs[i]], choice_map[labels[i]], refs[i])
    )
end;
