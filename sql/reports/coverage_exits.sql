-- One row per kind of defection that fell in the week: how many, and what they were worth.
select
    decision_kind,
    count(*) as decision_count,
    sum(amount_usd) as amount_usd,
    count(*) filter (where amount_usd is null) as without_amount_count
from marts.decisions
where
    is_defection
    and decided_on between $week_from and $week_to
    and fetched_at <= $as_of
    and ($team::varchar is null or team = $team)
group by decision_kind
order by decision_kind
