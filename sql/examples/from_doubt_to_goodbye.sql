-- How long did customers doubt before they left, did they tell us, and did we ask in time?
select
    coalesce(we_asked, 'not known') as we_asked_them,
    count(*) as cancellation_count,
    count(*) filter (where has_told) as told_us_count,
    count(has_told) as gave_days_count,
    median(warning_days) as median_warning_days,
    median(silent_days) as median_silent_days,
    count(*) filter (where is_reversible) as could_have_stayed_count,
    count(is_reversible) as said_so_count
from marts.departures
group by we_asked_them
order by cancellation_count desc, we_asked_them;
