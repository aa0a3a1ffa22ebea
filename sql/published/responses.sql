-- Every response of a customer; its decision and account only where the respondent allows it.
select
    response_key,
    form_id,
    form_kind,
    response_id,
    case when may_see then decision_id end as decision_id,
    vote_key,
    case when may_see then account_id end as account_id,
    block,
    may_see,
    may_quote,
    case when may_see then landed_at end as landed_at,
    case when may_see then submitted_at else date_trunc('week', submitted_at) end as submitted_at
from work.marts.responses
where form_kind not in ('seller', 'staff')
order by response_key
