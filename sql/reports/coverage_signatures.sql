-- One row per fault of a signature, missing or invalid: how many responses came in with it since
-- the window began, and count nowhere.
-- Needs the work file.
select
    signature,
    count(*) as response_count
from staging.responses
where
    signature in ('missing', 'invalid')
    and response_type = 'completed'
    and cast(timezone($zone, submitted_at) as date) between $from and $week_to
    and fetched_at <= $as_of
group by signature
order by signature
