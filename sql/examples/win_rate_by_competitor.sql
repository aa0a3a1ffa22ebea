-- How often do we win against each competitor, however its name was typed?
select
    coalesce(rival, competitor) as competitor_met,
    count(*) filter (where decision_kind = 'won') as won_count,
    count(*) as decided_count,
    marts.share(won_count, decided_count) as win_share,
    marts.share_low(won_count, decided_count) as likely_from,
    marts.share_high(won_count, decided_count) as likely_to
from marts.decisions
where competitor_met is not null and decision_kind in ('won', 'lost')
group by competitor_met
order by decided_count desc, competitor_met;
