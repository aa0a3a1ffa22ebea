-- One row per response whose current line is not the one unfolded last.
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

)

select latest.*
from latest
left join staging.responses as unfolded
    on latest.form_id = unfolded.form_id and latest.response_id = unfolded.response_id
where unfolded.item_hash is distinct from latest.item_hash
