-- One row per group of a split (segment or competitor): how many opportunities were won and how
-- many lost, among those decided in the window.
with decided as (

    select
        decisions.decision_kind,
        unnest(['segment', 'competitor']) as split,
        unnest([accounts.segment, decisions.rival]) as grouped_by
    from marts.decisions
    left join marts.accounts using (account_id)
    where
        decisions.decision_kind in ('won', 'lost')
        and decisions.decided_on between $from and $to
        and decisions.fetched_at <= $as_of
        and ($team::varchar is null or decisions.team = $team)

)

select
    split,
    grouped_by,
    count(*) filter (where decision_kind = 'won') as won_count,
    count(*) as decided_count
from decided
group by split, grouped_by
order by split, grouped_by
