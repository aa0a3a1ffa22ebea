-- Every promise, ours and as they remember it; where a customer spoke in confidence, the verdicts
-- alone. What we wrote is masked like a customer's words, so that it names no seller.
select
    case when promises.may_see then promises.promise_key end as promise_key,
    promises.response_key,
    promises.response_id,
    case when promises.may_see then promises.decision_id end as decision_id,
    case when promises.response_key is not null then promises.vote_key end as vote_key,
    case when promises.may_see then promises.account_id end as account_id,
    promises.logged_in,
    case when promises.may_see then promises.promised_by end as promised_by,
    case when promises.may_see then masked.text end as promise_text,
    case when promises.may_see then promises.promise_due_on end as promise_due_on,
    promises.is_measurable,
    promises.has_remedy,
    promises.our_verdict,
    promises.their_verdict,
    promises.standing,
    promises.may_see,
    case when promises.may_see then promises.recorded_at end as recorded_at,
    case
        when promises.may_see then promises.counted_on
        else cast(date_trunc('week', promises.counted_on) as date)
    end as counted_on,
    case
        when promises.may_see then promises.submitted_at
        else date_trunc('week', promises.submitted_at)
    end as submitted_at,
    promises.fetched_at
from work.marts.promises
left join masked_promises as masked using (promise_key)
order by promises.response_key nulls first, promises.promise_key
