-- Of the decisions taken against us, how many came back, and how did those end?
with first_taken as (

    select
        decision_id,
        arg_min(decision_kind, holds_from) as first_kind
    from marts.decision_history
    where decision_kind <> 'open'
    group by decision_id

),

came_back as (

    select
        decision_id,
        bool_or(decision_kind = 'open' and is_latest) as is_open_again,
        max(retaken_count) as retaken_count
    from marts.decision_history
    group by decision_id

)

select
    first_taken.first_kind,
    count(*) as decision_count,
    count(*) filter (where came_back.is_open_again) as open_again_count,
    count(*) filter (where came_back.retaken_count > 0) as taken_again_count,
    count(*) filter (where latest.decision_kind in ('won', 'renewed')) as with_us_now_count,
    marts.share(with_us_now_count, decision_count) as with_us_now_share
from first_taken
inner join came_back using (decision_id)
inner join marts.decision_history as latest
    on first_taken.decision_id = latest.decision_id and latest.is_latest
where first_taken.first_kind in ('lost', 'cancelled')
group by first_taken.first_kind
order by first_taken.first_kind;
