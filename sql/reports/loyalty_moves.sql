-- One row per answer then and now: current customers whose latest pulse lies in the window and
-- who had answered an earlier one.
select
    loyalty.previous_is_satisfied,
    loyalty.previous_would_move,
    loyalty.is_satisfied,
    loyalty.would_move,
    count(distinct heard.voter_key) as voter_count,
    list_sort(list(distinct heard.response_id)) as response_ids
from marts.loyalty
inner join marts.heard using (response_key)
where
    heard.form_kind = 'pulse'
    and heard.is_latest
    and loyalty.previous_would_move is not null
    and coalesce(loyalty.is_current, true)
    and heard.counted_on between $from and $to
    and heard.submitted_at <= $as_of
    and heard.fetched_at <= $as_of
    and ($team::varchar is null or heard.team = $team)
group by all
order by all
