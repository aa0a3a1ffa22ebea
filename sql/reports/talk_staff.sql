-- One row per team and area of talk: what our own staff say of how we talk, over the last four
-- whole quarters. `is_audience` tells the team that the
-- edition is for, and `is_company` that it is for all of them.
-- Needs the work file.
with rated as (

    select
        coalesce(staff_talk.team, '') as team,
        unnest([
            { 'area': 'customers', 'rating': staff_talk.talk_customers },
            { 'area': 'value', 'rating': staff_talk.talk_value },
            { 'area': 'team', 'rating': staff_talk.talk_team }
        ], recursive := true)
    from marts.staff_talk
    where
        staff_talk.counted_on between cast($to as date) - 365 and cast($to as date)
        and staff_talk.counted_on < cast($as_of as date)

)

select
    team,
    area,
    $team::varchar is null as is_company,
    $team::varchar is null or team = $team as is_audience,
    count(*) as shown_count,
    count(rating) as answered_count,
    count(*) filter (where rating >= 4) as high_count,
    count(*) filter (where rating <= 2) as low_count
from rated
group by team, area
order by team, area
