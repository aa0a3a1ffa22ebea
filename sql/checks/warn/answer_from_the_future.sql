-- A response submitted after this build's instant.
select response_key
from staging.responses
where submitted_at > getvariable('as_of')
