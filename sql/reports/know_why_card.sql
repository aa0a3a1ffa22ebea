-- One row per defection of the card: the last two who chose a competitor and the last two who
-- cancelled, among those whose asking is over. What a customer kept in confidence is not here.
-- Needs the work file.
with defections as (

    select
        vote_key,
        decision_id,
        decision_kind,
        outcome,
        decided_on,
        due_on,
        closes_on,
        has_invitations,
        case when invited_at <= $as_of then invited_at end as invited_at,
        min(submitted_at) filter (
            where submitted_at <= $as_of and response_fetched_at <= $as_of
        ) as answered_at,
        bool_and(may_see) filter (
            where submitted_at <= $as_of and response_fetched_at <= $as_of
        ) as may_see,
        coalesce(list_sort(list(response_id) filter (
            where submitted_at <= $as_of and response_fetched_at <= $as_of
        )), []) as response_ids
    from marts.coverage
    where
        decided_on <= $week_to
        and decision_fetched_at <= $as_of
        and ($team::varchar is null or team = $team)
        and (decision_kind = 'cancelled' or outcome = 'competitor')
    group by all

),

asked as (

    select
        *,
        marts.ask_state(
            due_on,
            closes_on,
            cast(timezone($zone, invited_at) as date),
            cast(timezone($zone, answered_at) as date),
            has_invitations,
            cast(timezone($zone, $as_of::timestamptz) as date)
        ) as ask_state
    from defections

),

last_two as (

    select *
    from asked
    where ask_state in ('answered', 'closed_silent', 'never_asked', 'unknown')
    qualify row_number() over (
        partition by decision_kind order by decided_on desc, decision_id, vote_key
    ) <= 2

),

logged as (

    select
        vote_key,
        label as seller_label
    from marts.seller_reasons
    where
        is_knowing
        and recorded_at <= $as_of
        and fetched_at <= $as_of
    qualify row_number() over (
        partition by vote_key order by reason is not null desc, recorded_at desc, reason
    ) = 1

),

theirs as (

    select
        vote_key,
        max_by(label, (is_primary, -epoch_us(submitted_at), reason)) filter (where is_theirs)
            as label,
        list_sort(list(distinct label) filter (where source = 'written' and is_primary))
            as written_labels,
        list_sort(list(distinct label) filter (where source = 'chosen')) as chosen_labels,
        list_sort(list(distinct label) filter (where source = 'decisive' and is_primary))
            as decisive_labels,
        count(distinct reason) filter (where is_theirs and is_primary) > 1 as is_disputed
    from marts.drivers
    where
        reason is not null
        and submitted_at <= $as_of
        and fetched_at <= $as_of
    group by vote_key

),

-- Of a decision that came back, no word on the time before stands beside the verdict on this one.
named as (

    select
        responses.vote_key,
        list_sort(list(responses.response_id)) as named_ids
    from marts.responses
    semi join marts.coverage as asked
        on responses.vote_key = asked.vote_key and responses.response_key = asked.response_key
    where responses.may_quote = 'named'
    group by responses.vote_key

),

compared as (

    select
        vote_key,
        marts.agreement(verdict, reason, is_primary) as verdict
    from marts.know_why
    where
        marts.stood(true, seller_reason, recorded_at, fetched_at, superseded_at, $as_of)
        and submitted_at <= $as_of
    group by vote_key

)

select
    last_two.decision_kind,
    last_two.ask_state,
    logged.seller_label,
    case when last_two.may_see then theirs.label end as label,
    case when last_two.may_see then compared.verdict end as verdict,
    coalesce(last_two.may_see, false) as may_see,
    case when last_two.may_see then theirs.written_labels end as written_labels,
    case when last_two.may_see then theirs.chosen_labels end as chosen_labels,
    case when last_two.may_see then theirs.decisive_labels end as decisive_labels,
    coalesce(last_two.may_see and theirs.is_disputed, false) as is_disputed,
    case when last_two.may_see then named.named_ids end as named_ids,
    last_two.response_ids,
    last_two.decided_on
from last_two
left join logged using (vote_key)
left join theirs using (vote_key)
left join named using (vote_key)
left join compared using (vote_key)
order by
    last_two.decision_kind desc,
    last_two.decided_on desc,
    last_two.decision_id,
    last_two.vote_key
