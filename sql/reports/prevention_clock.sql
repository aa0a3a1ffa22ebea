-- One row over the window and one since the beginning: the medians of the days before
-- cancellations, how often we asked too late, and how often it could have been stopped.
-- Needs the work file.
with periods as (

    select
        true as is_window,
        $from as period_from

    union all

    select
        false as is_window,
        date '1970-01-01' as period_from

),

heard as (

    select
        departures.*,
        responses.counted_on,
        responses.response_ids,
        date_diff('day', departures.told_us_on, departures.decided_on) as told_days,
        date_diff('day', departures.we_asked_on, departures.decided_on) as asked_days,
        date_diff('day', departures.decided_inside_on, departures.decided_on) as decided_days
    from marts.departures
    inner join (
        select
            vote_key,
            any_value(team) as team,
            any_value(counted_on) as counted_on,
            list_sort(list(response_id)) as response_ids
        from marts.heard
        where submitted_at <= $as_of and fetched_at <= $as_of
        group by vote_key
    ) as responses using (vote_key)
    where
        departures.submitted_at <= $as_of
        and departures.fetched_at <= $as_of
        and ($team::varchar is null or responses.team = $team)

)

select
    periods.is_window,
    count(heard.vote_key) as heard_count,
    count(heard.warning_days) as warning_count,
    median(heard.warning_days) as warning_days,
    count(heard.silent_days) as silent_count,
    median(heard.silent_days) as silent_days,
    count(heard.told_days) filter (where heard.told_days >= 0) as told_count,
    median(heard.told_days) filter (where heard.told_days >= 0) as told_days,
    count(heard.asked_days) filter (where heard.asked_days >= 0) as asked_count,
    median(heard.asked_days) filter (where heard.asked_days >= 0) as asked_days,
    count(heard.decided_days) filter (where heard.decided_days >= 0) as decided_count,
    median(heard.decided_days) filter (where heard.decided_days >= 0) as decided_days,
    count(heard.has_told) as may_tell_count,
    count(*) filter (where not heard.has_told) as never_told_count,
    count(heard.we_asked) as comparable_count,
    count(*) filter (where heard.we_asked in ('after', 'never')) as too_late_count,
    count(*) filter (where heard.we_asked = 'never') as never_asked_count,
    count(heard.is_reversible) as answered_count,
    count(*) filter (where heard.is_reversible) as reversible_count,
    coalesce(list_sort(flatten(
        list(heard.response_ids) filter (where heard.we_asked in ('after', 'never'))
    )), []) as too_late_ids,
    coalesce(list_sort(flatten(
        list(heard.response_ids) filter (where heard.is_reversible)
    )), []) as reversible_ids
from periods
left join heard on heard.counted_on between periods.period_from and $to
group by periods.is_window
order by periods.is_window desc
