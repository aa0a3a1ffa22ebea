-- One row per period (window, ever) and what we defended when a concern was raised, null for
-- those who left it open. Colleagues who saw it differently count on each.
with asked as (

    select
        periods.period,
        heard.voter_key,
        heard.response_id,
        ladder.defended_what
    from marts.ladder
    inner join marts.heard using (response_key)
    inner join marts.periods($from, $to, $week_from, $week_to) as periods
        on
            periods.period in ('window', 'ever')
            and heard.counted_on between periods.from_on and periods.to_on
    where
        list_contains(ladder.shown_refs, 'defended_what')
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    qualify
        marts.stands(
            heard.form_kind, periods.period, null, heard.voter_key, heard.submitted_at,
            heard.response_key
        )

),

totals as (

    select
        period,
        count(distinct voter_key) as shown_count,
        count(distinct voter_key) filter (where defended_what is not null) as answered_count
    from asked
    group by period

)

select
    asked.period,
    asked.defended_what,
    count(distinct asked.voter_key) as voter_count,
    totals.answered_count,
    totals.shown_count,
    list_sort(list(distinct asked.response_id)) as response_ids
from asked
inner join totals using (period)
group by all
order by asked.period, voter_count desc, asked.defended_what
