-- One row per answer of our own staff on how we talk; nobody knows whose.
with rated as (

    select
        response_key,
        cast(max(number_value) filter (where question_ref = 'talk_customers') as integer)
            as talk_customers,
        cast(max(number_value) filter (where question_ref = 'talk_value') as integer)
            as talk_value,
        cast(max(number_value) filter (where question_ref = 'talk_team') as integer) as talk_team
    from marts.answers
    where form_kind = 'staff'
    group by response_key

)

select
    rated.response_key,
    staged.team,
    rated.talk_customers,
    rated.talk_value,
    rated.talk_team,
    -- Counted by the quarter, once it is over: from one week's figures to the next, the
    -- difference would be one person's answer.
    cast(date_trunc('quarter', responses.submitted_at) + interval 3 month as date) - 1
        as counted_on
from rated
inner join marts.responses using (response_key)
inner join staging.responses as staged using (response_key)
