-- Every action, its owner too: who takes one on does so before their colleagues. When a miss
-- returned is told by the quarter alone, since
-- one customer may be all there is.
select
    action_id,
    action_kind,
    action_text,
    owner,
    reason,
    label,
    measure,
    action_due_on,
    status,
    outcome_text,
    added_at,
    done_at,
    returned_count,
    cast(date_trunc('quarter', returned_on) as date) as returned_on
from work.marts.actions
order by action_id
