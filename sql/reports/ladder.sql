-- One row per period (window, before, week) and rung, null for those who left it open: how many
-- customers stand there, and which of them left us. Where colleagues differ, the lower rung counts.
-- Needs the work file.
with said as (

    select
        periods.period,
        heard.voter_key,
        heard.response_id,
        heard.is_defection,
        heard.form_kind = 'pulse' or heard.decision_kind in ('won', 'renewed') as is_staying,
        ladder.ladder_rung,
        nullif(
            list_position(['disappoint', 'deliver', 'delight', 'defend'], ladder.ladder_rung), 0
        ) as place
    from marts.ladder
    inner join marts.heard using (response_key)
    inner join marts.periods($from, $to, $week_from, $week_to) as periods
        on
            periods.period in ('window', 'before', 'week')
            and case periods.period
                when 'week' then cast(timezone($zone, heard.submitted_at) as date)
                else heard.counted_on
            end between periods.from_on and periods.to_on
    where
        list_contains(ladder.shown_refs, 'ladder_rung')
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    qualify
        marts.stands(
            heard.form_kind, periods.period, null, heard.voter_key, heard.submitted_at,
            heard.response_key
        )

),

placed as (

    select
        *,
        min(place) over (partition by period, voter_key) as lowest,
        max(place) over (partition by period, voter_key) as highest
    from said

)

select
    period,
    if(lowest is null, null, ladder_rung) as ladder_rung,
    count(distinct voter_key) as voter_count,
    count(distinct voter_key) filter (where is_defection) as left_count,
    count(distinct voter_key) filter (where is_staying) as stayed_count,
    count(distinct voter_key) filter (where lowest < highest) as split_count,
    list_sort(list(distinct response_id)) as response_ids
from placed
where place is not distinct from lowest
group by all
order by period, ladder_rung
