-- Do customers leave us from the lower rungs of the ladder, and stay on the higher ones?
with last_word as (

    select
        heard.voter_key,
        heard.is_defection,
        ladder.ladder_rung
    from marts.ladder
    inner join marts.heard using (response_key)
    where list_contains(ladder.shown_refs, 'ladder_rung')
    qualify
        marts.stands(
            heard.form_kind, null, null, heard.voter_key, heard.submitted_at, heard.response_key
        )

),

stood as (

    select
        voter_key,
        min(list_position(['disappoint', 'deliver', 'delight', 'defend'], ladder_rung)) as place,
        bool_or(is_defection) as has_left
    from last_word
    where ladder_rung is not null
    group by voter_key

)

select
    ['let down', 'as promised', 'more than expected', 'defended'][place] as rung,
    count(*) filter (where has_left) as left_count,
    count(*) as customer_count
from stood
group by place
order by place;
