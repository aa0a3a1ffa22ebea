-- Which promises do we hold kept of which the customer says that they came late or not at all?
select
    coalesce(promises.promise_text, '(not to be shown)') as promise,
    promises.promised_by,
    promises.promise_due_on,
    promises.our_verdict,
    promises.their_verdict,
    decisions.decision_kind,
    count(*) as promise_count
from marts.promises
left join marts.decisions using (decision_id)
where promises.standing = 'disputed'
group by all
order by
    promises.promise_due_on desc nulls last,
    promise,
    promises.their_verdict
limit 40;
