-- Our staff's ratings of how we talk, one a row: no team, no key, and no two ratings of one person.
-- Only of quarters that are over, and none of an area that fewer than five rated in that quarter.
with rated as (

    select
        counted_on,
        unnest([
            { 'area': 'customers', 'rating': talk_customers },
            { 'area': 'value', 'rating': talk_value },
            { 'area': 'team', 'rating': talk_team }
        ], recursive := true)
    from work.marts.staff_talk
    where counted_on < (select cast(max(as_of) as date) from work.ops.runs)

),

shown as (

    select *
    from rated
    where rating is not null
    qualify count(*) over (partition by area, counted_on) >= 5

)

select
    cast(null as varchar) as team,
    case when area = 'customers' then rating end as talk_customers,
    case when area = 'value' then rating end as talk_value,
    case when area = 'team' then rating end as talk_team,
    counted_on
from shown
order by area, rating, counted_on
