-- One row per form that could not be read in the run the edition is of.
-- Needs the work file.
select distinct record_id as form_id
from ops.rejects
where
    source = 'typeform'
    and entity = 'form'
    and rejected_at <= $as_of
    and seen_at >= $as_of
order by form_id
