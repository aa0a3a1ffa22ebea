-- How often do we win from quarter to quarter, and between which bounds does each rate likely lie?
select
    cast(date_trunc('quarter', decided_on) as date) as quarter_from,
    count(*) filter (where decision_kind = 'won') as won_count,
    count(*) as decided_count,
    marts.share(won_count, decided_count) as win_share,
    marts.share_low(won_count, decided_count) as likely_from,
    marts.share_high(won_count, decided_count) as likely_to
from marts.decisions
where decision_kind in ('won', 'lost')
group by quarter_from
order by quarter_from desc
limit 12;
