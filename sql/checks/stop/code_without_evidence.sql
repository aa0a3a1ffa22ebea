-- A reason coded from words without a span inside them.
select
    codes.verbatim_key,
    codes.reason
from marts.codes
inner join marts.verbatims using (verbatim_key)
where
    codes.span_start is null
    or codes.span_start < 0
    or codes.span_end <= codes.span_start
    or codes.span_end > length(verbatims.text)
