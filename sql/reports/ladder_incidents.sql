-- One row per period (window, ever, week) and side: of the customers asked for a moment at which
-- we put their interest first (put_you_first) or ours (put_us_first), how many tell of one.
with periods as (

    select unnest([
        { 'period': 'window', 'from_on': cast($from as date), 'to_on': cast($to as date) },
        { 'period': 'ever', 'from_on': date '1970-01-01', 'to_on': cast($to as date) },
        {
            'period': 'week',
            'from_on': cast($week_from as date),
            'to_on': cast($week_to as date)
        }
    ], recursive := true)

),

asked as (

    select
        periods.period,
        heard.voter_key,
        heard.response_id,
        ladder.has_put_you_first,
        ladder.has_put_us_first
    from marts.ladder
    inner join marts.heard using (response_key)
    inner join periods
        on case periods.period
            when 'week' then cast(timezone($zone, heard.submitted_at) as date)
            else heard.counted_on
        end between periods.from_on and periods.to_on
    where
        list_contains(ladder.shown_refs, 'put_us_first')
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    -- The block comes round once in a while: the latest pulse that held it counts.
    qualify
        heard.form_kind != 'pulse'
        or row_number() over (
            partition by periods.period, heard.voter_key
            order by heard.submitted_at desc, heard.response_key
        ) = 1

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
