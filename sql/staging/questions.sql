-- One row per question of one version of a form.
with recursive fields as (

    select
        form_id,
        definition_hash,
        fetched_at,
        [unnest(range(len(listed)))] as place,
        listed[place[1] + 1] as field,
        false as is_contact_detail,
        null::varchar as title_before
    from (
        select
            form_id,
            definition_hash,
            min(fetched_at) as fetched_at,
            staging.listed(any_value(definition), '$.fields') as listed
        from raw.forms
        group by form_id, definition_hash
    ) as forms

    union all

    select
        form_id,
        definition_hash,
        fetched_at,
        list_append(parent_place, nth) as place,
        listed[nth + 1] as field,
        is_contact_detail,
        title_before
    from (
        select
            form_id,
            definition_hash,
            fetched_at,
            place as parent_place,
            staging.listed(field, '$.properties.fields') as listed,
            unnest(range(len(listed))) as nth,
            is_contact_detail or coalesce(field ->> '$.type', '') in ('contact_info', 'address')
                as is_contact_detail,
            -- A row of a matrix says nothing without what it is a row of.
            case when field ->> '$.type' = 'matrix' then concat(field ->> '$.title', ': ') end
                as title_before
        from fields
    ) as parents

)

select
    form_id,
    definition_hash,
    field ->> '$.id' as field_id,
    coalesce(nullif(field ->> '$.ref', ''), field ->> '$.id') as their_ref,
    staging.without_markup(concat(title_before, field ->> '$.title')) as question_title,
    field ->> '$.type' as field_type,
    is_contact_detail,
    case
        when field ->> '$.type' = 'nps' then 0
        when try_cast(field ->> '$.properties.steps' as integer) is null then null
        when field ->> '$.type' = 'rating' then 1
        else coalesce(try_cast(field ->> '$.properties.start_at_one' as boolean), false)::integer
    end as scale_min,
    case
        when field ->> '$.type' = 'nps' then 10
        when field ->> '$.type' = 'rating'
            then try_cast(field ->> '$.properties.steps' as integer)
        else
            try_cast(field ->> '$.properties.steps' as integer) - 1
            + coalesce(try_cast(field ->> '$.properties.start_at_one' as boolean), false)::integer
    end as scale_max,
    fetched_at
from fields
where
    coalesce(field ->> '$.type', '') not in (
        'group', 'inline_group', 'contact_info', 'matrix', 'statement'
    )
    and their_ref is not null
qualify row_number() over (partition by form_id, definition_hash, their_ref order by place) = 1
