-- One row per slice of an answer quoted in an edition of the eight weeks before this one, with the
-- answer's text where it is still on record.
-- Needs the work file.
select distinct
    printed.form_id,
    printed.response_id,
    printed.question_ref,
    printed.span_start,
    printed.span_end,
    verbatims.text
from ops.printed_quotes as printed
left join marts.verbatims
    on
        printed.form_id = verbatims.form_id
        and printed.response_id = verbatims.response_id
        and printed.question_ref = verbatims.question_ref
where
    printed.as_of < $as_of
    and printed.as_of >= $as_of - interval 56 days
order by all
