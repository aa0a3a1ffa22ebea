-- One row per response ever received: the names it goes by, when it was last heard of, and whether
-- it is deleted at the source. Reads `current`, which holds those that are there.
with lines as (

    select
        form_id,
        response_id,
        greatest(
            coalesce(received_at, fetched_at),
            staging.instant(said.submitted_at),
            staging.instant(said.staged_at),
            staging.instant(said.landed_at)
        ) as heard_at,
        list_filter(
            item ->> ['$.response_id', '$.token', '$.landing_id'], lambda name: name != ''
        ) as names
    from raw.responses
    where source != 'sweep'

)

select
    lines.form_id,
    lines.response_id,
    list_sort(list_distinct(flatten(list(lines.names)))) as names,
    max(lines.heard_at) as heard_at,
    bool_and(current.response_id is null) as is_deleted
from lines
left join current
    on lines.form_id = current.form_id and lines.response_id = current.response_id
group by lines.form_id, lines.response_id
order by lines.form_id, lines.response_id
