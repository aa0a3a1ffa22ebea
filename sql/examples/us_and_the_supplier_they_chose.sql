-- By those who rated both: where is the supplier they chose ahead of us, in points of 5?
with rated as (

    select
        unnest(
            [
                { 'area': 'our business', 'us': trust_business, 'chosen': trust_business_chosen },
                { 'area': 'products', 'us': trust_products, 'chosen': trust_products_chosen },
                { 'area': 'politics', 'us': trust_politics, 'chosen': trust_politics_chosen },
                { 'area': 'all together', 'us': trust_together, 'chosen': trust_together_chosen }
            ],
            recursive := true
        )
    from marts.trust

)

select
    area,
    count(*) as respondent_count,
    round(avg(us), 1) as us_mean,
    round(avg(chosen), 1) as chosen_mean,
    round(avg(us - chosen), 1) as gap,
    count(*) filter (where chosen > us) as chosen_ahead_count
from rated
where us is not null and chosen is not null
group by area
order by gap, area;
