-- One row per answer quoted in an edition before this one.
-- Needs the work file.
select distinct
    form_id,
    response_id,
    question_ref
from ops.printed_quotes
where as_of < $as_of
order by all
