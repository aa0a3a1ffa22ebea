-- Do customers leave us from the lower rungs of the ladder, and stay on the higher ones?
with stood as (

    select
        heard.voter_key,
        min(list_position(['disappoint', 'deliver', 'delight', 'defend'], ladder.ladder_rung))
            as place,
        bool_or(heard.is_defection) as has_left
    from marts.ladder
    inner join marts.heard using (response_key)
    where ladder.ladder_rung is not null and heard.is_latest
    group by heard.voter_key

)

select
    ['let down', 'as promised', 'more than expected', 'defended'][place] as rung,
    count(*) filter (where has_left) as left_count,
    count(*) as customer_count
from stood
group by place
order by place;
