-- Every pair of our reason and theirs, without the seller. Of a decision heard in confidence one
-- row with the verdict alone: our reason would lead to the decision, theirs to what they said.
select
    vote_key,
    decision_id,
    account_id,
    response_id,
    team,
    seller_reason,
    seller_label,
    reason,
    label,
    verdict,
    is_primary,
    may_see,
    closes_on,
    recorded_at,
    superseded_at,
    submitted_at,
    fetched_at
from work.marts.know_why
where may_see

union all

select
    null as vote_key,
    null as decision_id,
    null as account_id,
    null as response_id,
    null as team,
    null as seller_reason,
    null as seller_label,
    null as reason,
    null as label,
    marts.agreement(verdict, reason, is_primary) as verdict,
    null as is_primary,
    false as may_see,
    null as closes_on,
    null as recorded_at,
    null as superseded_at,
    null as submitted_at,
    null as fetched_at
from work.marts.know_why
where not may_see and superseded_at is null
group by vote_key
order by vote_key nulls last, response_id, reason, recorded_at, verdict
