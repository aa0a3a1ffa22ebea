-- Every response that names the reason of an action.
select
    action_id,
    response_key,
    is_return
from work.marts.returns
order by action_id, response_key
