-- One row per action on record: where it stands, and who has named its reason since it was done,
-- in the week and in all; for a standard, since it was set.
-- Needs the work file.
with named as (

    select
        returns.action_id,
        returns.is_return,
        heard.voter_key,
        heard.response_id,
        cast(timezone($zone, heard.submitted_at) as date) between $week_from and $week_to
            as is_week
    from marts.returns
    inner join marts.heard using (response_key)
    where
        heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of

),

counted as (

    select
        action_id,
        count(distinct voter_key) filter (where is_return) as returned_count,
        count(distinct voter_key) filter (where is_return and is_week) as returned_week_count,
        count(distinct voter_key) filter (where is_week) as named_week_count,
        list_sort(list(distinct response_id) filter (where is_return)) as returned_ids,
        list_sort(list(distinct response_id) filter (where is_return and is_week))
            as returned_week_ids,
        list_sort(list(distinct response_id) filter (where is_week)) as named_week_ids
    from named
    group by action_id

),

week_heard as (

    select count(distinct voter_key) as heard_week_count
    from marts.heard
    where
        (is_defection or form_kind = 'pulse')
        and cast(timezone($zone, submitted_at) as date) between $week_from and $week_to
        and submitted_at <= $as_of
        and fetched_at <= $as_of

)

select
    actions.action_id,
    actions.action_kind,
    actions.action_text,
    actions.owner,
    actions.reason,
    actions.label,
    actions.measure,
    actions.action_due_on,
    cast(timezone($zone, actions.added_at) as date) as added_on,
    case when actions.done_at <= $as_of then cast(timezone($zone, actions.done_at) as date) end
        as done_on,
    case when actions.done_at <= $as_of then actions.outcome_text end as outcome_text,
    case
        when actions.done_at <= $as_of then 'done'
        when
            actions.action_kind != 'standard'
            and actions.action_due_on < cast(timezone($zone, $as_of::timestamptz) as date)
            then 'overdue'
        else 'open'
    end as status,
    cast(timezone($zone, actions.added_at) as date) between $week_from and $week_to
        as is_new,
    coalesce(
        actions.done_at <= $as_of
        and cast(timezone($zone, actions.done_at) as date) between $week_from and $week_to,
        false
    ) as is_done_in_week,
    coalesce(
        actions.action_due_on between $week_from and cast($week_to as date) + 7, false
    ) as is_due_soon,
    coalesce(counted.returned_count, 0) as returned_count,
    coalesce(counted.returned_week_count, 0) as returned_week_count,
    coalesce(counted.named_week_count, 0) as named_week_count,
    week_heard.heard_week_count,
    coalesce(counted.returned_ids, []) as returned_ids,
    coalesce(counted.returned_week_ids, []) as returned_week_ids,
    coalesce(counted.named_week_ids, []) as named_week_ids
from marts.actions
left join counted using (action_id)
cross join week_heard
where actions.added_at <= $as_of
order by actions.action_due_on nulls last, actions.action_id
