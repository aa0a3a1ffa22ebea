-- One row per action as it was first stated, and when it was first said to be done.
with done as (

    select
        action_id,
        min(fetched_at) as done_at,
        arg_min(outcome_text, fetched_at) as outcome_text
    from raw.actions
    where event = 'done'
    group by action_id

)

select
    added.action_id,
    added.action_kind,
    added.action_text,
    added.owner,
    added.reason,
    added.measure,
    added.action_due_on,
    added.fetched_at as added_at,
    done.done_at,
    done.outcome_text,
    case
        when done.done_at is not null then 'done'
        when
            added.action_kind <> 'standard'
            and added.action_due_on < cast(getvariable('as_of') as date)
            then 'overdue'
        else 'open'
    end as status
from raw.actions as added
left join done using (action_id)
where added.event = 'added'
qualify row_number() over (
    partition by added.action_id order by added.fetched_at, added.row_hash
) = 1
