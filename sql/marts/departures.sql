-- One row per cancellation somebody told us about: its chain, its clock, could it be stopped.
-- Of a decision that came back, what was said of the last time it was taken.
with present as (

    select
        responses.response_key,
        responses.vote_key,
        responses.form_kind,
        responses.may_see,
        responses.submitted_at,
        responses.fetched_at
    from marts.responses
    inner join marts.decisions
        on
            responses.vote_key = decisions.vote_key
            and responses.retaken_count = decisions.retaken_count
            and decisions.decision_kind = 'cancelled'

),

said as (

    select
        vote_key,
        -- Of several respondents one who would have stayed is enough to have kept the account.
        bool_or(choice_refs = ['yes']) filter (where question_ref = 'decisive')
            as would_have_stayed,
        bool_and(choice_refs = ['no']) filter (where question_ref = 'decisive')
            as would_have_left_anyway,
        bool_or(is_answered) filter (where question_ref = 'would_have_changed')
            as has_named_what,
        bool_or(choice_refs != ['never']) filter (where question_ref = 'checked_in')
            as was_checked_on
    from marts.answers
    semi join present using (response_key)
    where question_ref in ('decisive', 'would_have_changed', 'checked_in')
    group by vote_key

),

heard as (

    select
        present.vote_key,
        flatten(coalesce(list(chains.shown_links), [])) as shown,
        flatten(coalesce(list(chains.answered_links), [])) as answered,
        flatten(coalesce(list(chains.broken_links), [])) as broken,
        bool_and(present.may_see) as may_see,
        min(present.submitted_at) as submitted_at,
        min(present.fetched_at) as fetched_at
    from present
    left join marts.chains using (response_key)
    where present.form_kind = 'cancellation'
    group by present.vote_key

),

linked as (

    select
        vote_key,
        may_see,
        submitted_at,
        fetched_at,
        list_filter(links, lambda link: list_contains(shown, link)) as shown_links,
        list_filter(links, lambda link: list_contains(answered, link)) as answered_links,
        list_filter(links, lambda link: list_contains(broken, link)) as broken_links
    from heard
    cross join (
        select
            [
                'goals_known', 'challenges_known', 'challenges_worked', 'checked_in',
                'met_expectation'
            ] as links
    ) as chain

),

dated as (

    select
        timeline.*,
        -- "If you did" left blank beside other days of the same screen means never.
        coalesce(
            first_doubt_on, told_us_on, we_asked_on, decided_inside_on
        ) is not null as has_days
    from marts.timeline

)

select
    decisions.decision_id,
    decisions.vote_key,
    linked.shown_links,
    linked.answered_links,
    linked.broken_links,
    linked.broken_links[1] as broken_link,
    dated.first_doubt_on,
    dated.told_us_on,
    dated.we_asked_on,
    dated.decided_inside_on,
    dated.decided_on,
    case when dated.has_days then dated.told_us_on is not null end as has_told,
    case
        when dated.we_asked_on > dated.decided_inside_on then 'after'
        when dated.we_asked_on <= dated.decided_inside_on then 'before'
        when
            dated.has_days
            and dated.we_asked_on is null
            and not coalesce(said.was_checked_on, false)
            then 'never'
    end as we_asked,
    case
        when dated.first_doubt_on <= dated.decided_on
            then date_diff('day', dated.first_doubt_on, dated.decided_on)
    end as warning_days,
    case
        when dated.first_doubt_on <= dated.told_us_on
            then date_diff('day', dated.first_doubt_on, dated.told_us_on)
    end as silent_days,
    case
        when said.would_have_stayed then true
        when said.would_have_left_anyway then false
        when said.has_named_what then true
        when said.would_have_stayed is not null then false
    end as is_reversible,
    linked.may_see,
    linked.submitted_at,
    linked.fetched_at
from marts.decisions
inner join linked using (vote_key)
inner join dated on decisions.decision_id = dated.decision_id
left join said on decisions.vote_key = said.vote_key
where decisions.decision_kind = 'cancelled'
