-- One row per touched response that counts as there: the line of it that holds, and the form it
-- answers.
with told as (

    select
        lines.rowid as line,
        lines.form_id,
        lines.response_id,
        lines.source,
        lines.item_hash,
        lines.fetched_at,
        coalesce(lines.received_at, lines.fetched_at) as received_at,
        lines.said,
        lines.said.byte_count,
        touched.lines_hash
    from raw.responses as lines
    inner join touched
        on lines.form_id = touched.form_id and lines.response_id = touched.response_id

),

-- What the last sweep that spoke of a response said: only a deletion that was not taken back.
deletions as (

    select
        form_id,
        response_id,
        max(received_at) filter (where said.is_deleted = 'true') as deleted_at
    from told
    where source = 'sweep'
    group by form_id, response_id
    having
        deleted_at >= coalesce(
            max(received_at) filter (where said.is_deleted = 'false'), timestamptz '-infinity'
        )

),

-- A pull later than the deletion has seen the response; a webhook may be replayed at any time.
seen_since as (

    select told.line
    from deletions
    inner join told
        on deletions.form_id = told.form_id and deletions.response_id = told.response_id
    left join raw.sightings
        on
            told.form_id = sightings.form_id
            and told.response_id = sightings.response_id
            and told.item_hash = sightings.item_hash
    where
        told.source = 'pull'
        and (
            told.received_at > deletions.deleted_at
            or sightings.received_at > deletions.deleted_at
        )

),

dated as (

    select
        told.* exclude (said),
        told.said.response_type,
        staging.instant(told.said.submitted_at) as submitted_at,
        staging.instant(told.said.staged_at) as staged_at,
        staging.instant(told.said.landed_at) as landed_at
    from told
    left join deletions
        on told.form_id = deletions.form_id and told.response_id = deletions.response_id
    where
        told.source != 'sweep'
        and (deletions.deleted_at is null or told.line in (select line from seen_since))

),

typed as (

    select
        * replace (
            case
                when response_type in ('completed', 'partial', 'started') then response_type
                when submitted_at is null then 'partial'
                else 'completed'
            end as response_type
        ),
        coalesce(submitted_at, staged_at, landed_at) as answered_at,
        coalesce(submitted_at, staged_at, landed_at, received_at) as read_at
    from dated

),

latest as (

    select *
    from typed
    qualify row_number() over (
        partition by form_id, response_id
        order by
            response_type = 'completed' desc,
            source = 'pull' desc,
            answered_at desc nulls last,
            received_at desc,
            item_hash asc
    ) = 1

),

first_forms as (

    select
        form_id,
        arg_min(definition_hash, holds_from) as definition_hash
    from forms
    group by form_id

)

-- The form as it was when the response was given; before the first known one, that.
select
    latest.* exclude (answered_at, read_at),
    coalesce(forms.definition_hash, first_forms.definition_hash) as definition_hash
from latest
asof left join forms
    on latest.form_id = forms.form_id and latest.read_at >= forms.holds_from
left join first_forms on latest.form_id = first_forms.form_id
