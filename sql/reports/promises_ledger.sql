-- One row per promise we logged of which a customer spoke who lets us show it, whose survey closed
-- in the window; what is disputed first.
select
    promises.promise_key,
    any_value(promises.promise_text) as promise_text,
    any_value(promises.promised_by) as promised_by,
    any_value(promises.promise_due_on) as promise_due_on,
    any_value(promises.our_verdict) as our_verdict,
    list_sort(list(distinct promises.their_verdict)) as their_verdicts,
    bool_or(promises.standing = 'disputed') as is_in_dispute,
    list_sort(list(distinct promises.response_id)) as response_ids
from marts.promises
inner join marts.heard using (response_key)
where
    promises.logged_in is not null
    and promises.promise_text is not null
    and promises.their_verdict is not null
    and promises.may_see
    and heard.is_latest
    and heard.counted_on between $from and $to
    and heard.submitted_at <= $as_of
    and promises.fetched_at <= $as_of
    and ($team::varchar is null or heard.team = $team)
group by promises.promise_key
order by
    is_in_dispute desc,
    list_position(['broken', 'late', 'none', 'kept'], their_verdicts[1]),
    promise_due_on desc nulls last,
    promises.promise_key
