-- How do customers hear us speak of them, and what do our own staff say of it?
select
    'customers' as who,
    talk_customers as rating,
    count(*) as answer_count
from marts.talk
where talk_customers is not null
group by talk_customers

union all

select
    'staff' as who,
    talk_customers as rating,
    count(*) as answer_count
from marts.staff_talk
where talk_customers is not null
group by talk_customers
order by who, rating;
