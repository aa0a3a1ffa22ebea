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

create or replace macro staging.listed(answer_value) as list_filter(
    try_cast(answer_value as json[]), lambda choice: choice ->> '$.other' is null
);

-- The refs and labels of a choice answer, whichever of Typeform's shapes it came in.
create or replace macro staging.choice_refs(answer_type, answer_value) as case
    when answer_type = 'choice' and answer_value ->> '$.other' is null
        then list_filter(
            [coalesce(answer_value ->> '$.ref', answer_value ->> '$.id')],
            lambda ref: ref is not null
        )
    when answer_type = 'choices' and json_type(answer_value) = 'ARRAY'
        then list_transform(
            staging.listed(answer_value),
            lambda choice: coalesce(choice ->> '$.ref', choice ->> '$.id')
        )
    when answer_type = 'choices'
        then coalesce(
            try_cast(answer_value -> '$.refs' as varchar[]),
            try_cast(answer_value -> '$.ids' as varchar[])
        )
end;

create or replace macro staging.choice_labels(answer_type, answer_value) as case
    when answer_type = 'choice'
        then list_filter([answer_value ->> '$.label'], lambda label: label is not null)
    when answer_type = 'choices' and json_type(answer_value) = 'ARRAY'
        then list_transform(staging.listed(answer_value), lambda choice: choice ->> '$.label')
    when answer_type = 'choices' then try_cast(answer_value -> '$.labels' as varchar[])
end;

create or replace macro staging.choice_other(answer_type, answer_value) as case
    when answer_type = 'choices' and json_type(answer_value) = 'ARRAY'
        then nullif(
            array_to_string(
                list_transform(
                    try_cast(answer_value as json[]), lambda choice: choice ->> '$.other'
                ),
                '; '
            ),
            ''
        )
    when answer_type in ('choice', 'choices') then answer_value ->> '$.other'
end;

create or replace macro staging.mapped_refs(choice_map, refs, labels) as case
    when choice_map is null then refs
    else list_transform(
        range(1, greatest(coalesce(len(refs), 0), coalesce(len(labels), 0)) + 1),
        lambda i: coalesce(choice_map[refs[i]], choice_map[labels[i]], refs[i])
    )
end;
