-- What happened with one account (the one with the most decisions), in order?
with chosen as (

    select account_id
    from marts.decisions
    where account_id is not null
    group by account_id
    order by count(*) desc, account_id
    limit 1

)

select
    decided_on as happened_on,
    decision_kind as what,
    product as detail
from marts.decisions
where account_id = (from chosen)

union all

select
    held_on as happened_on,
    'check-in' as what,
    channel as detail
from marts.check_ins
where account_id = (from chosen)
order by happened_on, what;
