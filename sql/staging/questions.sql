-- One row per question of one version of a form.
with recursive fields as (

    select
        form_id,
        definition_hash,
        fetched_at,
        '' as parent_type,
        unnest(try_cast(definition -> '$.fields' as json[])) as field
    from raw.forms

    union all

    select
        form_id,
        definition_hash,
        fetched_at,
        field ->> '$.type' as parent_type,
        unnest(try_cast(field -> '$.properties.fields' as json[])) as field
    from fields
    where json_type(field, '$.properties.fields') = 'ARRAY'

)

select
    form_id,
    definition_hash,
    field ->> '$.id' as field_id,
    coalesce(field ->> '$.ref', field ->> '$.id') as their_ref,
    staging.without_markup(coalesce(field ->> '$.title', '')) as question_title,
    field ->> '$.type' as field_type,
    parent_type = 'contact_info' as is_contact_detail,
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
    and coalesce(field ->> '$.ref', field ->> '$.id') is not null
qualify row_number() over (partition by form_id, definition_hash, their_ref) = 1
