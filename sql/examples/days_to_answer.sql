-- How many days after a decision do customers answer, where they let us see it?
select
    decision_kind,
    count(*) as seen_answer_count,
    median(days_to_answer) as median_days,
    quantile_disc(days_to_answer, 0.9) as nine_in_ten_within_days,
    max(days_to_answer) as longest_days
from marts.decisions
where days_to_answer is not null
group by decision_kind
order by decision_kind;
