-- One row per period (window, ever, week) and side: of the customers asked for a moment at which
-- we put their interest first (put_you_first) or ours (put_us_first), how many tell of one.
-- Needs the work file.
with asked as (

    select
        periods.period,
        heard.voter_key,
        heard.response_id,
        ladder.has_put_you_first,
        ladder.has_put_us_first
    from marts.ladder
    inner join marts.heard using (response_key)
    inner join marts.periods($from, $to, $week_from, $week_to) as periods
        on
            periods.period in ('window', 'ever', 'week')
            and case periods.period
                when 'week' then cast(timezone($zone, heard.submitted_at) as date)
                else heard.counted_on
            end between periods.from_on and periods.to_on
    where
        list_contains(ladder.shown_refs, 'put_us_first')
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    qualify
        marts.stands(
            heard.form_kind, periods.period, null, heard.voter_key, heard.submitted_at,
            heard.response_key
        )

),

sides as (

    select
        period,
        voter_key,
        response_id,
        'put_you_first' as side,
        coalesce(has_put_you_first, false) as has_told
    from asked

    union all by name

    select
        period,
        voter_key,
        response_id,
        'put_us_first' as side,
        coalesce(has_put_us_first, false) as has_told
    from asked

)

select
    period,
    side,
    count(distinct voter_key) as shown_count,
    count(distinct voter_key) filter (where has_told) as told_count,
    list_sort(coalesce(list(distinct response_id) filter (where has_told), [])) as response_ids
from sides
group by period, side
order by period, side
