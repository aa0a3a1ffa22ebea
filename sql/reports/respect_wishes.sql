-- One row per kind of wish (what they expected unasked, an extra mile) and the family of reasons
-- it was coded into, and one per kind alone (is_total): how many customers, and where they wrote;
-- beside an extra mile how many of our actions answer that family, and how many of them are done.
-- Needs the work file.
with written as (

    select
        heard.voter_key,
        heard.response_id,
        wishes.wish,
        wishes.question_ref,
        case wishes.place
            when 0 then respect.unasked_parent else respect.mile_parents[wishes.place]
        end as parent,
        coalesce(heard.counted_on between $from and $to, false) as is_window,
        cast(timezone($zone, heard.submitted_at) as date) between $week_from and $week_to
            as is_week
    from marts.respect
    inner join marts.heard using (response_key)
    cross join (
        values ('unasked', 'unasked', 0), ('mile', 'mile_1', 1), ('mile', 'mile_2', 2),
        ('mile', 'mile_3', 3)
    ) as wishes (wish, question_ref, place)
    where
        list_contains(respect.answered_refs, wishes.question_ref)
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)

),

ours as (

    select
        'mile' as wish,
        codebook.parent,
        count(distinct actions.action_id) as action_count,
        count(distinct actions.action_id) filter (where actions.done_at <= $as_of) as done_count
    from marts.actions
    inner join marts.codebook using (reason)
    where actions.action_kind = 'mile' and actions.added_at <= $as_of
    group by all

)

select
    written.wish,
    written.parent,
    case when grouping(written.parent) = 0 then min(codebook.label) end as label,
    cast(grouping(written.parent) as boolean) as is_total,
    count(distinct written.voter_key) filter (where written.is_window) as voter_count,
    count(distinct written.voter_key) as ever_count,
    list_sort(coalesce(
        list(distinct written.response_id) filter (where written.is_window), []
    )) as response_ids,
    list_sort(list(distinct written.response_id)) as ever_ids,
    list_sort(list(distinct concat(written.question_ref, '|', written.response_id))) as places,
    coalesce(bool_or(written.is_week), false) as is_week,
    coalesce(any_value(ours.action_count), 0) as action_count,
    coalesce(any_value(ours.done_count), 0) as done_count
from written
left join marts.codebook on written.parent = codebook.reason
left join ours on written.wish = ours.wish and written.parent = ours.parent
group by grouping sets ((written.wish), (written.wish, written.parent))
order by written.wish, is_total desc, ever_count desc, written.parent
