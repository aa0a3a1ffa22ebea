-- One row per response whose current line, or the form it answers, is not as unfolded last.
with ranked as (

    select
        form_id,
        form_kind,
        response_id,
        source,
        item,
        item_hash,
        fetched_at,
        try_cast(item ->> '$.landed_at' as timestamptz) as landed_at,
        nullif(
            try_cast(item ->> '$.submitted_at' as timestamptz), timestamptz '0001-01-01 00:00:00+00'
        ) as submitted_at,
        try_cast(item ->> '$.staged_at' as timestamptz) as staged_at
    from raw.responses

),

typed as (

    select
        *,
        coalesce(
            item ->> '$.response_type',
            case when submitted_at is null then 'partial' else 'completed' end
        ) as response_type
    from ranked

),

latest as (

    select *
    from typed
    qualify row_number() over (
        partition by form_id, response_id
        order by
            response_type = 'completed' desc,
            source = 'pull' desc,
            coalesce(submitted_at, staged_at, landed_at) desc nulls last,
            fetched_at desc,
            item_hash asc
    ) = 1

),

forms as (

    select
        form_id,
        fetched_at,
        max(definition_hash) as definition_hash
    from raw.forms
    group by form_id, fetched_at

),

first_forms as (

    select
        form_id,
        arg_min(definition_hash, fetched_at) as definition_hash
    from forms
    group by form_id

),

-- The form as it was when the response came; before the first known one, that.
lines as (

    select
        latest.*,
        coalesce(forms.definition_hash, first_forms.definition_hash) as definition_hash
    from latest
    asof left join forms
        on latest.form_id = forms.form_id and latest.fetched_at >= forms.fetched_at
    left join first_forms on latest.form_id = first_forms.form_id

)

select lines.*
from lines
left join staging.responses as unfolded
    on lines.form_id = unfolded.form_id and lines.response_id = unfolded.response_id
where
    unfolded.item_hash is distinct from lines.item_hash
    or unfolded.received_by is distinct from lines.source
    or unfolded.fetched_at is distinct from lines.fetched_at
    or unfolded.definition_hash is distinct from lines.definition_hash
