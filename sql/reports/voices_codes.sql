-- One row per reason coded in words that had come in by the end of the week.
-- Needs the work file.
select codes.*
from marts.codes
inner join marts.verbatims using (verbatim_key)
where
    cast(timezone($zone, verbatims.submitted_at) as date) <= $week_to
    and verbatims.submitted_at <= $as_of
    and verbatims.fetched_at <= $as_of
order by codes.verbatim_key, codes.reason, codes.span_start
