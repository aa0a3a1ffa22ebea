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

-- What a line says of itself: the names it goes by, and what decides whether it holds.
create or replace macro staging.head(item) as json_transform(
    item,
    '{
        "response_id": "VARCHAR", "token": "VARCHAR", "landing_id": "VARCHAR",
        "response_type": "VARCHAR", "submitted_at": "VARCHAR", "staged_at": "VARCHAR",
        "landed_at": "VARCHAR", "is_deleted": "VARCHAR"
    }'
);

-- What is kept of a line's head beside it, and how long it is.
create or replace macro staging.said(head, item) as {
    response_type: head['response_type'],
    submitted_at: head['submitted_at'],
    staged_at: head['staged_at'],
    landed_at: head['landed_at'],
    is_deleted: head['is_deleted'],
    byte_count: strlen(item)
};

-- How words about a decision are meant: against us, for us, or neither.
create or replace macro staging.stance(is_defection, decision_kind, form_kind) as case
    when is_defection then 'against'
    when decision_kind in ('won', 'renewed') then 'for'
    when form_kind in ('lost_deal', 'cancellation') then 'against'
    when form_kind = 'won_deal' then 'for'
    else 'none'
end;

-- Types of questions and answers whose value stays in raw.
create or replace macro staging.is_personal(type_name) as coalesce(type_name, '') in (
    'email', 'phone_number', 'file_url', 'file_upload', 'payment', 'signature', 'multi_format',
    'contact_info', 'address'
);

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

-- What a response says: its hidden fields, and its answers, each with what says which question it
-- is to and with its value as JSON; no answers where they are no list. Read from the text once.
create or replace macro staging.told(item) as json_transform(
    item,
    '{"hidden": "JSON", "answers": [{
        "type": "VARCHAR", "field": {"ref": "VARCHAR", "id": "VARCHAR", "type": "VARCHAR"},
        "text": "JSON", "url": "JSON", "number": "JSON", "boolean": "JSON", "date": "JSON",
        "choice": "JSON", "choices": "JSON"
    }]}'
);

-- Text that is text in the JSON, too: what merely looks like it is not taken for it.
create or replace macro staging.words(part) as case
    when starts_with(part, '"') then json_extract_string(part, '$')
end;

create or replace macro staging.may_be_words(part) as (
    part is null or part = 'null' or starts_with(part, '"')
);

create or replace macro staging.may_be_all_words(part) as case
    when starts_with(part, '[')
        then not list_has_any(
            json_type(part, '$[*]'),
            ['OBJECT', 'ARRAY', 'BOOLEAN', 'BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE']
        )
    else part is null or part = 'null'
end;

create or replace macro staging.all_words(part) as case
    when not starts_with(part, '[') then null
    when staging.may_be_all_words(part) then json_extract_string(part, '$[*]')
    else list_transform(
        json_extract(part, '$[*]'), lambda element: staging.words(element)
    )
end;

-- One choice is [id, ref, label, other], each as JSON or null, and the whole of it as a fifth.
create or replace macro staging.choice(document) as json_extract(
    document, ['$.id', '$.ref', '$.label', '$.other', '$']
);

create or replace macro staging.has_only(document, keys) as (
    len(list_filter(json_keys(document), lambda key: not list_contains(keys, key))) = 0
);

-- The id "other" names no choice.
create or replace macro staging.choice_ref(choice) as coalesce(
    nullif(staging.words(choice[2]), ''),
    case
        when choice[4] is null or staging.words(choice[1]) != 'other'
            then nullif(staging.words(choice[1]), '')
    end
);

-- Whether a choice is of the shape it should have, so that nothing of it is left over.
create or replace macro staging.is_choice(choice) as (
    (
        starts_with(choice[1], '"') or starts_with(choice[2], '"')
        or starts_with(choice[3], '"') or starts_with(choice[4], '"')
    ) is true
    and staging.may_be_words(choice[1]) and staging.may_be_words(choice[2])
    and staging.may_be_words(choice[3]) and staging.may_be_words(choice[4])
    and staging.has_only(choice[5], ['id', 'ref', 'label', 'other'])
);

create or replace macro staging.ticked(choices) as list_filter(
    choices,
    lambda choice: (
        staging.words(choice[4]) is null or staging.choice_ref(choice) is not null
    )
);

-- Several choices in one object are [ids, refs, labels, other], each as JSON or null, and the
-- whole of it as a fifth.
create or replace macro staging.choice_lists(document) as json_extract(
    document, ['$.ids', '$.refs', '$.labels', '$.other', '$']
);

create or replace macro staging.are_choice_lists(lists) as (
    (
        starts_with(lists[1], '[') or starts_with(lists[2], '[')
        or starts_with(lists[3], '[') or starts_with(lists[4], '"')
    ) is true
    and staging.may_be_all_words(lists[1]) and staging.may_be_all_words(lists[2])
    and staging.may_be_all_words(lists[3]) and staging.may_be_words(lists[4])
    and staging.has_only(lists[5], ['ids', 'refs', 'labels', 'other'])
);

-- Element by element, the first list's or else the second's; the second where there is no first.
create or replace macro staging.first_of(listed, spare) as case
    when listed is null then spare
    when list_count(listed) = len(listed) then listed
    else list_transform(range(1, len(listed) + 1), lambda i: coalesce(listed[i], spare[i]))
end;

create or replace macro staging.mapped_refs(choice_map, refs, labels) as case
    when choice_map is null then refs
    else list_transform(
        range(1, greatest(coalesce(len(refs), 0), coalesce(len(labels), 0)) + 1),
        lambda i: coalesce(choice_map[refs[i]], choice_map[labels[i]], refs[i])
    )
end;
