-- One row per decision an account took about us; open opportunities are not here.
with retaken as (

    select
        decision_id,
        max(retaken_count) as retaken_count,
        arg_min(holds_from, (-retaken_count, holds_from)) as taken_at
    from marts.decision_history
    where retaken_count > 0
    group by decision_id

),

-- Of a decision that came back, what asked or told about the time before is not about this one.
invited as (

    select
        invitations.decision_id,
        min(invitations.sent_at) as invited_at,
        max(cast(invitations.closes_at as date)) as closes_on
    from staging.invitations
    left join retaken using (decision_id)
    where
        invitations.decision_id is not null
        and coalesce(invitations.form_kind, '') not in ('seller', 'staff')
        and coalesce(invitations.sent_at >= date_trunc('day', retaken.taken_at), true)
    group by invitations.decision_id

),

said as (

    select
        answers.decision_id,
        min(nullif(trim(answers.text_value), '')) as competitor_said
    from marts.answers
    left join retaken using (decision_id)
    where
        answers.question_ref = 'competitor_said'
        and answers.vote_key is not null
        and coalesce(answers.submitted_at >= retaken.taken_at, true)
    group by answers.decision_id

),

-- A rival the seed does not know is spelled as our side writes it most often.
spelled as (

    select
        lower(trim(competitor)) as folded,
        mode(trim(competitor) order by trim(competitor)) as rival
    from staging.decisions
    group by folded

),

aliases as (

    select
        lower(trim(alias)) as folded,
        min(competitor) as rival
    from seeds.competitors
    group by folded

    union

    select
        lower(trim(competitor)) as folded,
        min(competitor) as rival
    from seeds.competitors
    group by folded

),

dated as (

    select
        decisions.*,
        coalesce(retaken.retaken_count, 0) as retaken_count,
        invited.invited_at,
        -- A CRM may leave the day of the time before.
        case
            when decisions.decided_on is not null
                then greatest(decisions.decided_on, cast(retaken.taken_at as date))
        end as asked_from,
        asked_from + cast(settings.due_days as integer) as due_on,
        coalesce(
            invited.closes_on,
            coalesce(cast(invited.invited_at as date), asked_from)
            + cast(settings.open_days as integer)
        ) as closes_on,
        exists (from staging.invitations) as has_invitations
    from staging.decisions
    cross join seeds.settings
    left join invited using (decision_id)
    left join retaken using (decision_id)
    where decisions.decision_kind <> 'open'

),

asked as (

    select
        dated.*,
        verdicts.* exclude (decision_id),
        marts.ask_state(
            dated.due_on,
            dated.closes_on,
            cast(dated.invited_at as date),
            cast(verdicts.answered_at as date),
            dated.has_invitations,
            cast(getvariable('as_of') as date)
        ) as ask_state
    from dated
    inner join marts.verdicts using (decision_id)

)

select
    asked.decision_id,
    asked.vote_key,
    asked.account_id,
    asked.decision_kind,
    asked.outcome,
    asked.is_defection,
    asked.product,
    asked.amount_usd,
    asked.competitor,
    said.competitor_said,
    -- What nobody but the customer calls a rival is their words.
    coalesce(
        aliases.rival, spelled.rival, case when said.competitor_said is not null then 'unlisted' end
    ) as rival,
    asked.seller_id,
    asked.team,
    asked.stage,
    asked.seller_reason,
    asked.customer_reason,
    asked.is_disputed,
    case when asked.ask_state not in ('not_due', 'open') then asked.verdict_when_over end
        as verdict,
    asked.ask_state,
    asked.respondent_count,
    -- A day that was put off since the decision came back cannot be held against an answer.
    case
        when
            asked.retaken_count = 0
            or cast(asked.answered_at as date) >= asked.decided_on
            then date_diff('day', asked.decided_on, cast(asked.answered_at as date))
    end as days_to_answer,
    asked.retaken_count,
    asked.has_invitations,
    asked.opened_on,
    asked.decided_on,
    asked.due_on,
    asked.closes_on,
    asked.invited_at,
    asked.answered_at,
    asked.fetched_at
from asked
left join said using (decision_id)
left join aliases on lower(trim(coalesce(said.competitor_said, asked.competitor))) = aliases.folded
left join spelled on lower(trim(coalesce(said.competitor_said, asked.competitor))) = spelled.folded
