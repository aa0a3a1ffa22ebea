-- Every response of a customer; what it is about only where the respondent allows it.
select
    response_key,
    form_id,
    response_id,
    form_kind,
    block,
    -- Of an answer about no decision, or one that is open again, the key is the account's: it would
    -- join what was said in confidence to what was said openly.
    case when vote_key is null and not may_see then response_key else voter_key end as voter_key,
    vote_key,
    case when may_see then decision_id end as decision_id,
    case when may_see then account_id end as account_id,
    decision_kind,
    case when may_see then outcome end as outcome,
    is_defection,
    case when may_see then competitor end as competitor,
    case when may_see then team end as team,
    case when may_see then segment end as segment,
    marts.veiled(counted_on, may_see, counted_on, last_run.as_of) as counted_on,
    may_see,
    marts.veiled(submitted_at, may_see, counted_on, last_run.as_of) as submitted_at,
    marts.veiled(fetched_at, may_see, counted_on, last_run.as_of) as fetched_at
from work.marts.heard
cross join (select max(as_of) as as_of from work.ops.runs) as last_run
order by response_key
