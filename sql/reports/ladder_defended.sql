-- One row per period (window, ever) and what we defended when a concern was raised, null for
-- those who left it open. Colleagues who saw it differently count on each.
with periods as (

    select unnest([
        { 'period': 'window', 'from_on': cast($from as date), 'to_on': cast($to as date) },
        { 'period': 'ever', 'from_on': date '1970-01-01', 'to_on': cast($to as date) }
    ], recursive := true)

),

asked as (

    select
        periods.period,
        heard.voter_key,
        heard.response_id,
        ladder.defended_what
    from marts.ladder
    inner join marts.heard using (response_key)
    inner join periods on heard.counted_on between periods.from_on and periods.to_on
    where
        list_contains(ladder.shown_refs, 'defended_what')
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
