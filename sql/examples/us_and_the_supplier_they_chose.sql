-- By those who rated both: how far are we from the supplier they chose, in points of 5?
select
    count(*) as respondent_count,
    round(avg(trust_business - trust_business_chosen), 1) as business_gap,
    round(avg(trust_products - trust_products_chosen), 1) as products_gap,
    round(avg(trust_politics - trust_politics_chosen), 1) as politics_gap,
    round(avg(trust_together - trust_together_chosen), 1) as together_gap
from marts.trust
where list_contains(shown_refs, 'trust_business_chosen');
