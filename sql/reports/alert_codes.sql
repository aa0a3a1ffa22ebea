-- One row per reason coded in the words about a case of an alert.
-- Needs the work file.
select codes.*
from ops.alerts
inner join marts.codes
    on
        alerts.response_key = codes.response_key
        and concat(alerts.harm, '_words') = codes.question_ref
where alerts.edition_id = $edition_id
order by codes.verbatim_key, codes.reason, codes.span_start
