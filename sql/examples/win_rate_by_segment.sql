-- In which segments and regions do we win, and for how much?
select
    accounts.segment,
    accounts.region,
    count(*) filter (where decisions.decision_kind = 'won') as won_count,
    count(*) as decided_count,
    marts.share(won_count, decided_count) as win_share,
    marts.share_low(won_count, decided_count) as likely_from,
    marts.share_high(won_count, decided_count) as likely_to,
    round(sum(decisions.amount_usd) filter (where decisions.decision_kind = 'won')) as won_usd,
    round(sum(decisions.amount_usd) filter (where decisions.decision_kind = 'lost')) as lost_usd
from marts.decisions
left join marts.accounts using (account_id)
where decisions.decision_kind in ('won', 'lost')
group by accounts.segment, accounts.region
order by decided_count desc, accounts.segment, accounts.region
limit 40;
