-- Of those who cancelled, how many had been satisfied with us, and would they do so again?
with votes as (

    select
        heard.voter_key,
        bool_and(loyalty.is_satisfied) as is_satisfied,
        bool_or(loyalty.same_again = 'yes') as would_again,
        count(loyalty.same_again) > 0 as has_said_again
    from marts.loyalty
    inner join marts.heard using (response_key)
    where heard.form_kind = 'cancellation'
    group by heard.voter_key
    having is_satisfied is not null

)

select
    case when is_satisfied then 'satisfied' else 'not satisfied' end as before_leaving,
    count(*) as decision_count,
    cast(sum(decision_count) over () as bigint) as said_count,
    marts.share(decision_count, said_count) as share,
    marts.share_low(decision_count, said_count) as likely_from,
    marts.share_high(decision_count, said_count) as likely_to,
    count(*) filter (where would_again) as would_again_count,
    count(*) filter (where has_said_again) as asked_again_count
from votes
group by before_leaving
order by before_leaving desc;
