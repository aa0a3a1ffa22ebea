-- One row per promise we logged of which a customer spoke who lets us show it, whose survey closed
-- in the window; what is disputed first. An account speaks by its latest pulse.
-- Needs the work file.
with asked as (

    select heard.*
    from marts.heard
    inner join marts.promise_views as views using (response_key)
    where
        list_has_any(views.shown_refs, ['promise_kept', 'promised_words'])
        and heard.counted_on between $from and $to
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    qualify
        marts.stands(
            heard.form_kind, null, null, heard.voter_key, heard.submitted_at, heard.response_key
        )

)

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
inner join asked using (response_key)
where
    promises.logged_in is not null
    and promises.promise_text is not null
    and promises.their_verdict is not null
    and promises.may_see
    and promises.fetched_at <= $as_of
group by promises.promise_key
order by
    is_in_dispute desc,
    list_position(['broken', 'late', 'none', 'kept'], their_verdicts[1]),
    promise_due_on desc nulls last,
    promises.promise_key
