-- One row per period (window, before, ever, week) and area of talk: what customers heard our
-- people say, on scales of 1 to 5. Where colleagues differ, the lower one counts.
with asked as (

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
    inner join marts.periods($from, $to, $week_from, $week_to) as periods
        on case periods.period
            when 'week' then cast(timezone($zone, heard.submitted_at) as date)
            else heard.counted_on
        end between periods.from_on and periods.to_on
    where
        heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    qualify
        marts.stands(
            heard.form_kind, periods.period, null, heard.voter_key, heard.submitted_at,
            heard.response_key
        )

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
    list_sort(coalesce(flatten(list(response_ids) filter (where rating >= 4)), []))
        as high_response_ids,
    list_sort(coalesce(flatten(list(response_ids) filter (where rating <= 2)), []))
        as low_response_ids,
    list_sort(coalesce(flatten(list(voice_ids) filter (where rating >= 4)), [])) as high_ids,
    list_sort(coalesce(flatten(list(voice_ids) filter (where rating <= 2)), [])) as low_ids
from voters
group by period, area
order by period, area
