-- A response that counts though it is not complete, not signed as asked, or deleted at the source.
with deletions as (

    select
        form_id,
        response_id,
        max(coalesce(received_at, fetched_at)) filter (where item ->> '$.is_deleted' = 'true')
            as deleted_at,
        max(coalesce(received_at, fetched_at)) filter (where item ->> '$.is_deleted' = 'false')
            as returned_at
    from raw.responses
    where source = 'sweep'
    group by form_id, response_id

),

pulled as (

    select
        lines.form_id,
        lines.response_id,
        max(greatest(
            coalesce(lines.received_at, lines.fetched_at), sightings.received_at
        )) as seen_at
    from raw.responses as lines
    semi join deletions using (form_id, response_id)
    left join raw.sightings using (form_id, response_id, item_hash)
    where lines.source = 'pull'
    group by lines.form_id, lines.response_id

),

deleted as (

    select
        deletions.form_id,
        deletions.response_id
    from deletions
    left join pulled using (form_id, response_id)
    where
        deletions.deleted_at is not null
        and coalesce(deletions.returned_at <= deletions.deleted_at, true)
        and coalesce(pulled.seen_at <= deletions.deleted_at, true)

)

select responses.response_key
from marts.responses
left join staging.responses as received using (response_key)
left join deleted
    on responses.form_id = deleted.form_id and responses.response_id = deleted.response_id
where
    received.response_type is distinct from 'completed'
    or received.signature is null
    or received.signature not in ('valid', 'not_required')
    or deleted.response_id is not null
