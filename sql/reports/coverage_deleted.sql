-- One row: how many completed responses, submitted since the window began, were deleted at the
-- source, and so count nowhere.
-- Needs the work file.
with deleted as (

    select distinct
        form_id,
        response_id
    from raw.responses
    where
        source = 'sweep'
        and item ->> '$.is_deleted' = 'true'
        and fetched_at <= $as_of

)

select count(distinct concat_ws('/', lines.form_id, lines.response_id)) as response_count
from raw.responses as lines
inner join deleted using (form_id, response_id)
anti join staging.responses as counted using (form_id, response_id)
where
    lines.source != 'sweep'
    and coalesce(lines.item ->> '$.response_type', 'completed') = 'completed'
    and cast(
        timezone($zone, staging.instant(lines.item ->> '$.submitted_at')) as date
    ) between $from and $week_to
    and lines.fetched_at <= $as_of
