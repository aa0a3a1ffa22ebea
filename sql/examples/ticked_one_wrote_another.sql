-- What did customers tick from the list, and what had they written before they saw it?
select
    ticked.label as chosen_reason,
    written.label as written_reason,
    count(distinct ticked.vote_key) as decision_count
from marts.drivers as ticked
inner join marts.drivers as written using (response_key)
where ticked.source = 'chosen' and written.source = 'written' and written.is_primary
group by all
order by decision_count desc, chosen_reason, written_reason
limit 40;
