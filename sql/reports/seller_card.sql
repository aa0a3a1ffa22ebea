-- One row per exit of one seller whose asking is over: what that seller said, and what the
-- customer said where the customer lets them see it and the seller had spoken first.
-- Needs the work file.
with allowed as (

    select
        responses.vote_key,
        bool_and(responses.may_see) as may_see,
        -- No word on a time before the decision came back stands beside the verdict on this one.
        list_sort(list(responses.response_id) filter (
            where
            responses.may_quote = 'named' and responses.retaken_count = decisions.retaken_count
        )) as named_ids
    from marts.responses
    inner join marts.decisions using (vote_key)
    where
        responses.form_kind not in ('seller', 'staff')
        and responses.submitted_at <= $as_of
        and responses.fetched_at <= $as_of
    group by responses.vote_key

),

finished as (

    select *
    from marts.decisions
    where
        seller_id = $seller
        and is_defection
        and decided_on <= $week_to
        and fetched_at <= $as_of
        and ask_state in ('answered', 'closed_silent', 'never_asked', 'unknown')

),

card as (

    select decision_id
    from finished
    where decision_kind = 'cancelled' or outcome = 'competitor'
    qualify row_number() over (
        partition by decision_kind order by decided_on desc, decision_id
    ) <= 2

)

select
    decisions.decision_id,
    accounts.account_name,
    decisions.decision_kind,
    decisions.outcome,
    decisions.decided_on,
    decisions.ask_state,
    ours.label as seller_label,
    allowed.may_see,
    case when allowed.may_see and decisions.seller_reason is not null then theirs.label end
        as label,
    case when allowed.may_see then decisions.verdict end as verdict,
    case when allowed.may_see and decisions.seller_reason is not null then allowed.named_ids end
        as named_ids,
    decisions.closes_on between $from and $to as is_window,
    card.decision_id is not null as is_card
from finished as decisions
left join marts.accounts using (account_id)
left join allowed using (vote_key)
left join card on decisions.decision_id = card.decision_id
left join marts.codebook as ours on decisions.seller_reason = ours.reason
left join marts.codebook as theirs on decisions.customer_reason = theirs.reason
order by decisions.decision_kind desc, decisions.decided_on desc, decisions.decision_id
