-- How many days after a decision do customers answer, where they let us see it?
select
    decision_kind,
    count(*) as answered_count,
    median(days_to_answer) as median_days,
    max(days_to_answer) as longest_days
from marts.decisions
where days_to_answer is not null
group by decision_kind
order by decision_kind;
