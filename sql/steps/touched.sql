-- One row per response with a line, a sighting or a form that it was not unfolded from last; those
-- that are deleted at the source among them.
with versions as (

    select
        form_id,
        bit_xor(hash(definition_hash, holds_from)) as forms_hash
    from forms
    group by form_id

),

lines as (

    select
        form_id,
        response_id,
        bit_xor(hash(source, item_hash, received_at, fetched_at)) as own_hash
    from raw.responses
    group by form_id, response_id

),

-- A pull that carries again what is known says something only where a sweep said it was deleted.
swept as (

    select distinct
        form_id,
        response_id
    from raw.responses
    where source = 'sweep'

),

seen as (

    select
        sightings.form_id,
        sightings.response_id,
        bit_xor(distinct hash(sightings.item_hash, sightings.received_at)) as seen_hash
    from raw.sightings
    inner join swept
        on
            sightings.form_id = swept.form_id
            and sightings.response_id = swept.response_id
    group by sightings.form_id, sightings.response_id

),

known as (

    select
        lines.form_id,
        lines.response_id,
        xor(
            xor(lines.own_hash, coalesce(versions.forms_hash, 0)), coalesce(seen.seen_hash, 0)
        ) as lines_hash
    from lines
    left join versions on lines.form_id = versions.form_id
    left join seen
        on lines.form_id = seen.form_id and lines.response_id = seen.response_id

)

select
    coalesce(known.form_id, unfolded.form_id) as form_id,
    coalesce(known.response_id, unfolded.response_id) as response_id,
    known.lines_hash
from known
full join staging.responses as unfolded
    on known.form_id = unfolded.form_id and known.response_id = unfolded.response_id
where known.lines_hash is distinct from unfolded.lines_hash
