-- Of those who cancelled, how many had been satisfied with us, and would they do so again?
select
    loyalty.is_satisfied,
    loyalty.same_again,
    count(distinct heard.voter_key) as decision_count
from marts.loyalty
inner join marts.heard using (response_key)
where heard.form_kind = 'cancellation'
group by all
order by loyalty.is_satisfied desc nulls last, decision_count desc, loyalty.same_again;
