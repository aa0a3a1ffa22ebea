-- One row per answer quoted in an edition of the eight weeks before this one.
select distinct
    form_id,
    response_id,
    question_ref
from ops.printed_quotes
where
    as_of < $as_of
    and as_of >= $as_of - interval 8 weeks
order by all
