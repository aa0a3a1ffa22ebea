-- How satisfied and what they intend; what ties it to a decision or an account where allowed.
with open_accounts as (

    select account_id
    from work.marts.heard
    where form_kind = 'pulse' and account_id is not null
    group by account_id
    having bool_and(may_see)

)

select
    loyalty.response_key,
    loyalty.response_id,
    loyalty.shown_refs,
    loyalty.is_satisfied,
    loyalty.would_move,
    loyalty.attitude,
    loyalty.behaviour,
    loyalty.miss_most,
    loyalty.stands_up_for_us,
    loyalty.we_stand_up,
    loyalty.is_satisfied_chosen,
    loyalty.same_again,
    case when heard.may_see then loyalty.rival end as rival,
    case when heard.may_see then loyalty.days_since end as days_since,
    case when heard.may_see then loyalty.is_current end as is_current,
    -- What an account said before tells of another response: only where all of them are open.
    case when open_accounts.account_id is not null then loyalty.previous_is_satisfied end
        as previous_is_satisfied,
    case when open_accounts.account_id is not null then loyalty.previous_would_move end
        as previous_would_move,
    case when open_accounts.account_id is not null then loyalty.previous_attitude end
        as previous_attitude,
    case when open_accounts.account_id is not null then loyalty.previous_behaviour end
        as previous_behaviour
from work.marts.loyalty
inner join work.marts.heard using (response_key)
left join open_accounts using (account_id)
order by loyalty.response_key
