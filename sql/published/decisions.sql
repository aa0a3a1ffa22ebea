-- Every decision, without its seller. Of one that was heard in confidence it holds what it holds of
-- one that nobody was heard about, so that neither shows which it is. Nor does an open answer about
-- an earlier time show whether anybody was heard about the one that stands.
with allowed as (

    select
        responses.decision_id,
        bool_and(responses.may_see)
        and bool_or(responses.retaken_count = decisions.retaken_count) as may_see
    from work.marts.responses
    inner join work.marts.decisions using (decision_id)
    where responses.vote_key is not null
    group by responses.decision_id

),

-- What they typed is words; the rival it names is a value, as the CRM spells it.
rivals as (

    select
        lower(trim(competitor)) as folded,
        min(competitor) as competitor
    from work.marts.decisions
    group by folded

),

-- The rival by what our side knows alone, spelled like that of any decision.
spelled as (

    select
        lower(trim(competitor)) as folded,
        mode(trim(competitor) order by trim(competitor)) as rival
    from work.staging.decisions
    group by folded

),

known as (

    select
        lower(trim(unnest([alias, competitor]))) as folded,
        min(competitor) as rival
    from work.seeds.competitors
    group by folded

)

select
    decisions.decision_id,
    decisions.account_id,
    decisions.decision_kind,
    decisions.outcome,
    decisions.is_defection,
    decisions.product,
    decisions.amount_usd,
    decisions.competitor,
    case when allowed.may_see then rivals.competitor end as competitor_said,
    case when allowed.may_see then decisions.rival else coalesce(known.rival, spelled.rival) end
        as rival,
    decisions.team,
    decisions.stage,
    decisions.retaken_count,
    case when allowed.may_see then decisions.seller_reason end as seller_reason,
    case when allowed.may_see then decisions.customer_reason end as customer_reason,
    case when allowed.may_see then decisions.is_disputed end as is_disputed,
    case when allowed.may_see then decisions.verdict end as verdict,
    case when allowed.may_see then decisions.ask_state end as ask_state,
    case when allowed.may_see then decisions.days_to_answer end as days_to_answer,
    decisions.opened_on,
    decisions.decided_on,
    decisions.due_on,
    decisions.closes_on,
    decisions.invited_at,
    case when allowed.may_see then decisions.answered_at end as answered_at,
    decisions.fetched_at
from work.marts.decisions
left join allowed using (decision_id)
left join rivals on lower(decisions.competitor_said) = rivals.folded
left join known on lower(trim(decisions.competitor)) = known.folded
left join spelled on lower(trim(decisions.competitor)) = spelled.folded
order by decisions.decision_id
