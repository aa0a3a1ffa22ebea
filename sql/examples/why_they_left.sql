-- Why did customers leave us, by the reason they wrote themselves?
select
    reason,
    count(distinct vote_key) as decision_count
from marts.drivers
where is_theirs and is_primary
group by reason
order by decision_count desc, reason;
