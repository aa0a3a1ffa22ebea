-- One row per case an alert tells of, and whether the customer wrote what it was.
-- Needs the work file.
select
    alerts.response_key,
    alerts.harm,
    list_contains(respect.answered_refs, concat(alerts.harm, '_words')) as has_words
from ops.alerts
inner join marts.respect using (response_key)
where alerts.edition_id = $edition_id
order by alerts.response_key, alerts.harm
