-- What did we say we would do, is it done, and did the same miss come back?
with actions as (

    select
        count(*) as action_count,
        count(*) filter (where status = 'overdue') as overdue_count,
        count(*) filter (where status = 'done') as done_count,
        count(*) filter (where returned_count > 0) as returned_action_count,
        list(concat_ws(', ', action_text, owner, status) order by action_due_on, action_id)
            as said
    from marts.actions

)

select
    action_count,
    overdue_count,
    done_count,
    returned_action_count,
    unnest(coalesce(said, ['nothing is on record'])) as said
from actions;
