-- Every promise as a customer remembers it openly, with ours beside it. Of every other the standing
-- alone: heard in confidence, heard of by nobody, which would show the former by their absence, or
-- from a seller's form. What we wrote is masked like a customer's words: it names no seller.
with heard_openly as (

    select decision_id
    from work.marts.responses
    where vote_key is not null
    group by decision_id
    having bool_and(may_see)

),

judged as (

    select
        promises.*,
        (
            promises.may_see
            and promises.response_key is not null
            and coalesce(promises.logged_in, '') != 'seller_form'
            and (promises.decision_id is null or heard_openly.decision_id is not null)
        ) as is_open
    from work.marts.promises
    left join heard_openly using (decision_id)

)

select
    case when judged.is_open then judged.promise_key end as promise_key,
    case when judged.is_open then judged.response_key end as response_key,
    case when judged.is_open then judged.response_id end as response_id,
    case when judged.is_open then judged.decision_id end as decision_id,
    case when judged.is_open then judged.vote_key end as vote_key,
    case when judged.is_open then judged.account_id end as account_id,
    judged.logged_in,
    case when judged.is_open then judged.promised_by end as promised_by,
    case when judged.is_open then masked.text end as promise_text,
    case when judged.is_open then judged.promise_due_on end as promise_due_on,
    case when judged.is_open then judged.is_measurable end as is_measurable,
    case when judged.is_open then judged.has_remedy end as has_remedy,
    case when judged.is_open then judged.our_verdict end as our_verdict,
    judged.their_verdict,
    judged.standing,
    judged.is_open as may_see,
    case when judged.is_open then judged.recorded_at end as recorded_at,
    case when judged.is_open then judged.counted_on end as counted_on,
    case when judged.is_open then judged.submitted_at end as submitted_at,
    case when judged.is_open then judged.fetched_at end as fetched_at
from judged
left join masked_promises as masked using (promise_key)
order by
    case when judged.is_open then judged.response_key end nulls first,
    case when judged.is_open then judged.promise_key end,
    judged.standing,
    judged.their_verdict,
    judged.logged_in
