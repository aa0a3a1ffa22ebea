-- One row per form and instant from which another version of it holds than before.
with fetched as (

    select
        form_id,
        definition_hash,
        coalesce(received_at, fetched_at) as received_at,
        staging.instant(definition ->> '$.last_updated_at') as updated_at
    from raw.forms

),

-- A version holds from its last edit, unless we had seen another one since.
versions as (

    select
        form_id,
        definition_hash,
        received_at,
        case
            when
                updated_at <= received_at
                and updated_at >= coalesce(
                    lag(received_at) over (
                        partition by form_id order by received_at, definition_hash
                    ),
                    timestamptz '-infinity'
                )
                then updated_at
            else received_at
        end as holds_from
    from fetched

),

forms as (

    select
        form_id,
        holds_from,
        arg_max(definition_hash, (received_at, definition_hash)) as definition_hash
    from versions
    group by form_id, holds_from

)

-- Each pull reads the form again, mostly as it was.
select
    form_id,
    definition_hash,
    holds_from
from forms
qualify
    definition_hash is distinct from lag(definition_hash) over (
        partition by form_id order by holds_from
    )
