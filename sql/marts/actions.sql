-- One row per action we said we would take: a miss, an extra mile, or a standard of ours.
with returned as (

    select
        returns.action_id,
        count(distinct heard.voter_key) as returned_count,
        cast(min(heard.submitted_at) as date) as returned_on
    from marts.returns
    inner join marts.heard using (response_key)
    where returns.is_return
    group by returns.action_id

)

select
    actions.action_id,
    actions.action_kind,
    actions.action_text,
    actions.owner,
    actions.reason,
    reasons.label,
    actions.measure,
    actions.action_due_on,
    actions.status,
    actions.outcome_text,
    actions.added_at,
    actions.done_at,
    coalesce(returned.returned_count, 0) as returned_count,
    returned.returned_on
from staging.actions
left join staging.reasons on actions.reason = reasons.reason
left join returned using (action_id)
