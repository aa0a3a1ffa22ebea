-- One row per customer's response that names the reason of an action as something against us.
with named as (

    select
        response_key,
        reason,
        parent
    from marts.decision_reasons
    where is_theirs and polarity not in ('ours_good', 'theirs_bad')

    union

    select
        codes.response_key,
        codes.reason,
        codes.parent
    from marts.codes
    inner join marts.verbatims using (verbatim_key)
    where verbatims.asks = 'missed' and codes.polarity not in ('ours_good', 'theirs_bad')

)

select distinct
    actions.action_id,
    heard.response_key,
    -- What has been done can return; what has not been done yet never went away.
    coalesce(heard.submitted_at > actions.done_at, false) as is_return
from staging.actions
inner join named on actions.reason = named.reason or actions.reason = named.parent
inner join marts.heard using (response_key)
where
    (heard.is_defection or heard.form_kind = 'pulse')
    and heard.submitted_at > actions.added_at
