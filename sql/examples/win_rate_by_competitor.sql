-- How often do we win against each competitor?
select
    competitor,
    count(*) filter (where decision_kind = 'won') as won_count,
    count(*) as decided_count,
    won_count / decided_count as win_share
from marts.decisions
where competitor is not null and decision_kind in ('won', 'lost')
group by competitor
order by decided_count desc, competitor;
