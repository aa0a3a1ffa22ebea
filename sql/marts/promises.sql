-- One row per promise: as our side logged it, as one respondent remembers it, or both.
with forms as (

    select
        response_key,
        decision_id,
        any_value(nullif(trim(text_value), '')) filter (where question_ref = 'promised_ours')
            as promise_text,
        any_value(date_value) filter (where question_ref = 'promise_due_on') as promise_due_on,
        any_value(choice_refs[1]) filter (
            where
            question_ref = 'promise_kept_ours'
            and choice_refs[1] in ('kept', 'late', 'broken', 'not_due', 'none')
        ) as our_verdict
    from marts.answers
    where form_kind = 'seller'
    group by response_key, decision_id

),

logged as (

    select
        concat('crm|', promise_id) as promise,
        'crm' as logged_in,
        decision_id,
        account_id,
        promise_text,
        promised_by,
        promise_due_on,
        is_measurable,
        remedy,
        our_verdict,
        recorded_at,
        fetched_at
    from staging.promises

    union all by name

    select
        concat('seller|', forms.response_key) as promise,
        'seller_form' as logged_in,
        forms.decision_id,
        forms.promise_text,
        'seller' as promised_by,
        forms.promise_due_on,
        forms.our_verdict,
        responses.submitted_at as recorded_at,
        responses.fetched_at
    from forms
    inner join marts.responses using (response_key)
    where
        forms.our_verdict != 'none'
        or forms.our_verdict is null and forms.promise_text is not null

),

ours as (

    select
        logged.* exclude (account_id),
        coalesce(logged.account_id, decisions.account_id) as account_id,
        decisions.decision_kind,
        coalesce(
            decisions.closes_on, logged.promise_due_on, cast(logged.recorded_at as date)
        ) as counted_on
    from logged
    left join marts.decisions on logged.decision_id = decisions.decision_id

),

-- Whoever ticked how it went, or wrote what it was.
ticked as (

    select
        response_key,
        choice_refs[1] as their_verdict
    from marts.answers
    where
        question_ref = 'promise_kept'
        and choice_refs[1] in ('kept', 'late', 'broken', 'none')

),

wrote as (

    select response_key
    from marts.answers
    where question_ref = 'promised_words' and regexp_matches(text_value, '\P{Zs}')

),

theirs as (

    select
        heard.*,
        ticked.their_verdict
    from marts.heard
    left join ticked using (response_key)
    where ticked.their_verdict is not null or heard.response_key in (from wrote)

),

-- Who speaks of the whole of their custom speaks of what we promised them before, too.
paired as (

    select
        ours.promise,
        theirs.response_key
    from ours
    inner join theirs on ours.decision_id = theirs.decision_id

    union

    select
        ours.promise,
        theirs.response_key
    from ours
    inner join theirs on ours.account_id = theirs.account_id
    where
        ours.recorded_at <= theirs.submitted_at
        and (
            ours.decision_id is null
            or theirs.form_kind in ('pulse', 'cancellation')
            and ours.decision_kind is distinct from 'lost'
        )

),

remembered as (

    select
        ours.*,
        theirs.response_key,
        theirs.response_id,
        theirs.their_verdict,
        theirs.vote_key as their_vote_key,
        theirs.decision_id as their_decision_id,
        theirs.account_id as their_account_id,
        theirs.counted_on as their_counted_on,
        coalesce(theirs.may_see, true) as may_see,
        theirs.submitted_at,
        theirs.fetched_at as their_fetched_at
    from ours
    left join paired using (promise)
    full join theirs on paired.response_key = theirs.response_key
    where ours.promise is not null or theirs.their_verdict is distinct from 'none'

),

confided as (

    select distinct decision_id
    from marts.responses
    where not may_see and decision_id is not null and form_kind not in ('seller', 'staff')

),

-- Their word is about everything we promised, so one that we hold late may be the one they mean.
judged as (

    select
        *,
        bool_and(coalesce(our_verdict in ('kept', 'not_due'), true)) over (
            partition by coalesce(response_key, promise)
        ) as is_ours_clean
    from remembered

)

select
    marts.opaque(getvariable('salt'), coalesce(promise, response_key)) as promise_key,
    response_key,
    response_id,
    coalesce(their_decision_id, decision_id) as decision_id,
    case
        when response_key is null then marts.opaque(getvariable('salt'), decision_id)
        else their_vote_key
    end as vote_key,
    coalesce(their_account_id, account_id) as account_id,
    logged_in,
    promised_by,
    promise_text,
    promise_due_on,
    is_measurable,
    remedy,
    promise is not null and remedy is not null as has_remedy,
    our_verdict,
    their_verdict,
    case
        when promise is null then 'never_logged'
        when response_key is null then 'unheard'
        when their_verdict = 'none' then 'denied'
        when coalesce(our_verdict, 'not_due') = 'not_due' or their_verdict is null then 'open'
        when our_verdict = their_verdict then 'agreed'
        when our_verdict = 'kept' and is_ours_clean then 'disputed'
        else 'differing'
    end as standing,
    recorded_at,
    coalesce(their_counted_on, counted_on) as counted_on,
    -- What was promised shows which decision is spoken of.
    may_see and coalesce(decision_id not in (select confided.decision_id from confided), true)
        as may_see,
    submitted_at,
    greatest(fetched_at, their_fetched_at) as fetched_at
from judged
