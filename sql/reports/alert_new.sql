-- One row per case nobody was alerted to yet: a customer talked down to, or misled. What had come
-- in long before the programme's first run is history, and stands in the report.
-- Needs the work file.
select
    respect.response_key,
    harms.harm
from marts.respect
inner join marts.heard using (response_key)
cross join (values ('condescended'), ('misled')) as harms (harm)
left join ops.alerts
    on respect.response_key = alerts.response_key and harms.harm = alerts.harm
where
    case harms.harm when 'misled' then respect.is_misled else respect.is_condescended end
    and alerts.response_key is null
    and heard.submitted_at <= $as_of
    and heard.fetched_at <= $as_of
    and heard.submitted_at >= (select min(runs.as_of) from ops.runs) - interval 7 days
order by respect.response_key, harms.harm
