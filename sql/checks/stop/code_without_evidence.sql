-- A reason coded from words without a span that cuts words out of them.
select
    codes.verbatim_key,
    codes.reason
from marts.codes
semi join looked_at using (response_key)
inner join (
    from marts.verbatims
    semi join looked_at using (response_key)
) as verbatims using (verbatim_key)
where
    codes.span_start is null
    or codes.span_end is null
    or codes.span_start < 0
    or codes.span_end <= codes.span_start
    or codes.span_end > length(verbatims.text)
    or not regexp_matches(verbatims.text[codes.span_start + 1:codes.span_end], '[^\s\pZ\pC]')
