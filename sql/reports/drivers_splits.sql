-- One row per group of a split (segment, competitor, or cell: how it ended, by segment) and reason:
-- how many defections heard named it, among those whose survey closed in the window. A row without
-- a reason counts the group.
-- Needs the work file.
with heard as (

    select
        drivers.*,
        coalesce(heard.outcome, drivers.decision_kind) as ending,
        drivers.is_theirs and drivers.reason is not null as is_vote
    from marts.drivers
    inner join marts.heard using (response_key)
    where
        drivers.closes_on between $from and $to
        and drivers.submitted_at <= $as_of
        and drivers.fetched_at <= $as_of
        and ($team::varchar is null or drivers.team = $team)

),

placed as (

    select
        *,
        unnest(['segment', 'competitor', 'cell']) as split,
        unnest([
            segment,
            rival,
            concat(ending, ', ', coalesce(segment, 'unknown'))
        ]) as grouped_by
    from heard

),

everyone as (

    select
        split,
        grouped_by,
        count(distinct vote_key) as heard_count
    from placed
    group by split, grouped_by

)

select
    placed.split,
    placed.grouped_by,
    placed.reason,
    placed.label,
    count(distinct placed.vote_key) filter (where placed.is_vote) as decision_count,
    count(distinct placed.vote_key) filter (where placed.is_vote and placed.is_primary)
        as primary_count,
    everyone.heard_count,
    list_sort(list(distinct placed.response_id) filter (where placed.is_vote)) as response_ids
from placed
inner join everyone
    on
        placed.split = everyone.split
        and placed.grouped_by is not distinct from everyone.grouped_by
group by
    grouping sets (
        (placed.split, placed.grouped_by, everyone.heard_count, placed.reason, placed.label),
        (placed.split, placed.grouped_by, everyone.heard_count)
    )
having grouping(placed.reason) = 1 or placed.reason is not null
order by
    placed.split, placed.grouped_by, decision_count desc, primary_count desc, placed.reason
