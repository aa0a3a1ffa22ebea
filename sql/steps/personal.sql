-- One row per form and name of a question, its ref or its id, that in any version of the form asks
-- for what is personal.
select distinct
    form_id,
    unnest([their_ref, field_id]) as name
from staging.questions
where is_contact_detail or staging.is_personal(field_type)
