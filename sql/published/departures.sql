-- Every cancellation somebody told us about; its days only where the respondent allows it.
select
    vote_key,
    case when may_see then decision_id end as decision_id,
    shown_links,
    answered_links,
    broken_links,
    broken_link,
    case when may_see then first_doubt_on end as first_doubt_on,
    case when may_see then told_us_on end as told_us_on,
    case when may_see then we_asked_on end as we_asked_on,
    case when may_see then decided_inside_on end as decided_inside_on,
    case when may_see then decided_on end as decided_on,
    has_told,
    we_asked,
    case when may_see then warning_days end as warning_days,
    case when may_see then silent_days end as silent_days,
    is_reversible,
    may_see,
    marts.veiled(departures.submitted_at, departures.may_see, heard.counted_on, last_run.as_of)
        as submitted_at,
    marts.veiled(departures.fetched_at, departures.may_see, heard.counted_on, last_run.as_of)
        as fetched_at
from work.marts.departures
inner join (
    select
        vote_key,
        max(counted_on) as counted_on
    from work.marts.heard
    group by vote_key
) as heard using (vote_key)
cross join (select max(as_of) as as_of from work.ops.runs) as last_run
order by vote_key
