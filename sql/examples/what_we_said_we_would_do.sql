-- What did we say we would do, is it done, and did the same miss come back?
select
    action_text,
    owner,
    status,
    action_due_on,
    coalesce(returned_count, 0) as returned_count,
    returned_on
from marts.actions
order by status, action_due_on nulls last, action_id
limit 40;
