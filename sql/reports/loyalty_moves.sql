-- One row per answer then and now: current customers whose latest pulse lies in the window and
-- who had answered an earlier one.
-- Needs the work file.
with latest as (

    select
        heard.voter_key,
        heard.response_id,
        loyalty.previous_is_satisfied,
        loyalty.previous_would_move,
        loyalty.is_satisfied,
        loyalty.would_move
    from marts.loyalty
    inner join marts.heard using (response_key)
    where
        heard.form_kind = 'pulse'
        and list_contains(loyalty.shown_refs, 'would_move')
        and coalesce(loyalty.is_current, true)
        and heard.counted_on between $from and $to
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    qualify
        marts.stands(
            heard.form_kind, null, null, heard.voter_key, heard.submitted_at, heard.response_key
        )

)

select
    previous_is_satisfied,
    previous_would_move,
    is_satisfied,
    would_move,
    count(distinct voter_key) as voter_count,
    list_sort(list(distinct response_id)) as response_ids
from latest
where previous_would_move is not null
group by all
order by all
