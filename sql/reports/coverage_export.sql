-- One row: the first and the last day of the decisions the CRM export holds, and the week it is
-- asked about.
select
    min(decided_on) as first_decided_on,
    max(decided_on) as last_decided_on,
    cast($week_from as date) as week_from,
    cast($week_to as date) as week_to
from marts.decisions
where fetched_at <= $as_of
