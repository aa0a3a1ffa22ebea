-- What happened with one account (the one with the most decisions), in order?
with chosen as (

    select account_id
    from marts.decisions
    where account_id is not null
    group by account_id
    order by count(*) desc, account_id
    limit 1

),

story as (

    select
        decisions.account_id,
        decisions.decided_on as happened_on,
        decisions.decision_kind as what,
        concat_ws(
            ', ', decisions.product, 'against ' || decisions.competitor,
            'we logged ' || ours.label, 'they said ' || theirs.label
        ) as detail
    from marts.decisions
    left join marts.codebook as ours on decisions.seller_reason = ours.reason
    left join marts.codebook as theirs on decisions.customer_reason = theirs.reason

    union all

    select
        account_id,
        held_on as happened_on,
        'check-in' as what,
        channel as detail
    from marts.check_ins

    union all

    select
        account_id,
        cast(sent_at as date) as happened_on,
        'we asked' as what,
        form_kind as detail
    from marts.invitations

    union all

    select
        account_id,
        cast(submitted_at as date) as happened_on,
        'they answered' as what,
        form_kind as detail
    from marts.responses
    where may_see

    union all

    select
        account_id,
        since_on as happened_on,
        'warning' as what,
        sign as detail
    from marts.warnings

)

select
    happened_on,
    what,
    detail
from story
where account_id = (from chosen)
order by happened_on, what, detail
limit 100;
