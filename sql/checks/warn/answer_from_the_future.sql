-- Answers dated later than this report.
select response_key
from staging.responses
where submitted_at > getvariable('as_of')
