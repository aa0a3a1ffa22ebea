-- Every pulse; its account only where the respondent allows it.
select
    response_key,
    response_id,
    case when may_see then account_id end as account_id,
    satisfaction,
    would_move,
    goals_known,
    challenges_known,
    challenges_worked,
    met_expectation,
    may_see
from work.marts.pulses
order by response_key
