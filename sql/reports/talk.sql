-- One row per period (window, before, ever, week) and area of talk: what customers heard our
-- people say, on scales of 1 to 5. Where colleagues differ, the lower one counts.
with periods as (

    select unnest([
        { 'period': 'window', 'from_on': cast($from as date), 'to_on': cast($to as date) },
        {
            'period': 'before',
            'from_on': cast($from as date) - cast(date_diff('day', $from, $to) + 1 as integer),
            'to_on': cast($from as date) - 1
        },
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
        unnest([
            { 'area': 'customers', 'rating': talk.talk_customers },
            { 'area': 'value', 'rating': talk.talk_value },
            { 'area': 'team', 'rating': talk.talk_team }
        ], recursive := true),
        -- The area that stood out most for them: their words are likeliest about it.
        case greatest(
            abs(talk.talk_customers - 3), abs(talk.talk_value - 3), abs(talk.talk_team - 3)
        )
            when abs(talk.talk_customers - 3) then 'customers'
            when abs(talk.talk_team - 3) then 'team'
            else 'value'
        end as loudest
    from marts.talk
    inner join marts.heard using (response_key)
    inner join periods
        on case periods.period
            when 'week' then cast(timezone($zone, heard.submitted_at) as date)
            else heard.counted_on
        end between periods.from_on and periods.to_on
    where
        heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    -- The block comes round once in a while: the latest pulse that held it counts.
    qualify
        heard.form_kind != 'pulse'
        or dense_rank() over (
            partition by periods.period, heard.voter_key
            order by heard.submitted_at desc, heard.response_key
        ) = 1

),

voters as (

    select
        period,
        area,
        voter_key,
        min(rating) as rating,
        list(response_id) filter (where rating is not null) as response_ids,
        list(response_id) filter (where loudest = area) as voice_ids
    from asked
    group by period, area, voter_key

)

select
    period,
    area,
    count(*) as shown_count,
    count(rating) as answered_count,
    count(*) filter (where rating >= 4) as high_count,
    count(*) filter (where rating <= 2) as low_count,
    list_sort(coalesce(flatten(list(response_ids) filter (where rating is not null)), []))
        as response_ids,
    list_sort(coalesce(flatten(list(voice_ids) filter (where rating >= 4)), [])) as high_ids,
    list_sort(coalesce(flatten(list(voice_ids) filter (where rating <= 2)), [])) as low_ids
from voters
group by period, area
order by period, area
