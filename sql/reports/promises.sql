-- One row per count of the promises and time counted over: of whom something was asked, who was
-- promised anything, how it went by their worst word, and how that stands to ours. An account
-- speaks by its latest pulse of the time.
-- Needs the work file.
with known as (

    select
        response_key,
        response_id,
        voter_key,
        form_kind,
        submitted_at,
        counted_on,
        cast(timezone($zone, submitted_at) as date) as told_on
    from marts.heard
    where
        submitted_at <= $as_of
        and cast(timezone($zone, submitted_at) as date) <= $week_to
        and fetched_at <= $as_of
        and ($team::varchar is null or team = $team)

),

timed as (

    select
        response_key,
        response_id,
        voter_key,
        form_kind,
        submitted_at,
        unnest(list_filter([
            case when told_on between $week_from and $week_to then 'week' end,
            case when counted_on between $from and $to then 'window' end,
            case
                when
                    date_diff('day', counted_on, $from)
                    between 1 and date_diff('day', $from, $to) + 1
                    then 'before'
            end,
            'ever'
        ], lambda each: each is not null)) as scope
    from known

),

asked as (

    select
        timed.*,
        views.their_verdict,
        views.shown_refs
    from timed
    inner join marts.promise_views as views using (response_key)
    where list_has_any(views.shown_refs, ['promise_kept', 'promised_words'])
    qualify
        marts.stands(
            timed.form_kind, timed.scope, null, timed.voter_key, timed.submitted_at,
            timed.response_key
        )

),

-- Of several people of one customer the worst word counts, so that one of them cannot outvote
-- another.
voters as (

    select
        scope,
        voter_key,
        list(distinct response_id) as response_ids,
        bool_or(their_verdict is not null) as is_answered,
        bool_or(their_verdict in ('kept', 'late', 'broken')) as is_promised,
        bool_or(their_verdict = 'broken') as has_broken,
        bool_or(their_verdict = 'late') as has_late,
        count(distinct their_verdict) > 1 as is_disagreed
    from asked
    where list_contains(shown_refs, 'promise_kept')
    group by scope, voter_key

),

ledger as (

    select
        asked.scope,
        asked.voter_key,
        list(distinct asked.response_id) as response_ids,
        bool_or(promises.standing in ('agreed', 'disputed', 'differing')) as is_compared,
        bool_or(promises.standing = 'disputed') as is_disputed,
        bool_or(promises.standing = 'never_logged') as is_never_logged,
        bool_or(promises.logged_in is not null) as is_logged,
        bool_or(promises.standing = 'denied') as is_denied,
        bool_or(promises.standing != 'denied') as is_remembered
    from asked
    inner join marts.promises using (response_key)
    where promises.fetched_at <= $as_of
    group by asked.scope, asked.voter_key

),

facts as (

    select
        scope,
        response_ids,
        unnest([
            { 'said': 'answered', 'is_one': is_answered, 'is_of': true },
            { 'said': 'promised', 'is_one': is_promised, 'is_of': is_answered },
            {
                'said': 'kept',
                'is_one': is_promised and not has_late and not has_broken,
                'is_of': is_promised
            },
            { 'said': 'late', 'is_one': has_late and not has_broken, 'is_of': is_promised },
            { 'said': 'broken', 'is_one': has_broken, 'is_of': is_promised },
            { 'said': 'not_kept', 'is_one': has_late or has_broken, 'is_of': is_promised },
            { 'said': 'disagreed', 'is_one': is_disagreed, 'is_of': is_answered }
        ]) as fact
    from voters

    union all by name

    select
        scope,
        response_ids,
        unnest([
            { 'said': 'disputed', 'is_one': is_disputed, 'is_of': is_compared },
            { 'said': 'never_logged', 'is_one': is_never_logged, 'is_of': is_remembered },
            { 'said': 'denied', 'is_one': is_denied, 'is_of': is_logged }
        ]) as fact
    from ledger

)

select
    scope,
    fact.said,
    count(*) filter (where fact.is_one and fact.is_of) as voter_count,
    count(*) filter (where fact.is_of) as total_count,
    list_sort(list_distinct(flatten(coalesce(
        list(response_ids) filter (where fact.is_one and fact.is_of), []
    )))) as response_ids
from facts
group by scope, fact.said
order by scope, fact.said
