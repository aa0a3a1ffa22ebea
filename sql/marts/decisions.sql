-- One row per decision an account took about us; open opportunities are not here.
with invited as (

    select
        decision_id,
        min(sent_at) as invited_at,
        max(cast(closes_at as date)) as closes_on
    from staging.invitations
    where decision_id is not null and coalesce(form_kind, '') not in ('seller', 'staff')
    group by decision_id

),

said as (

    select
        decision_id,
        min(nullif(trim(text_value), '')) as competitor_said
    from marts.answers
    where question_ref = 'competitor_said' and vote_key is not null
    group by decision_id

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
        coalesce(history.retaken_count, 0) as retaken_count,
        invited.invited_at,
        decisions.decided_on + cast(settings.due_days as integer) as due_on,
        coalesce(
            invited.closes_on,
            coalesce(cast(invited.invited_at as date), decisions.decided_on)
            + cast(settings.open_days as integer)
        ) as closes_on,
        exists (from staging.invitations) as has_invitations
    from staging.decisions
    cross join seeds.settings
    left join invited using (decision_id)
    left join marts.decision_history as history
        on decisions.decision_id = history.decision_id and history.is_latest
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
    -- An answer about the time before says nothing about how soon we heard of this one.
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
