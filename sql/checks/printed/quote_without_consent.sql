-- A quote of the edition that is being kept although its words may only be counted, or cut from
-- where its answer has no words, or from an answer that does not count.
select
    printed.form_id,
    printed.response_id,
    printed.question_ref
from (
    select
        form_id,
        response_id,
        question_ref,
        span_start,
        span_end,
        as_of
    from ops.printed_quotes
    where edition_id = $edition_id

    union

    select
        form_id,
        response_id,
        question_ref,
        span_start,
        span_end,
        as_of
    from ops.findings
    where edition_id = $edition_id and quote is not null
) as printed
left join marts.responses using (form_id, response_id)
left join marts.verbatims
    on
        responses.response_key = verbatims.response_key
        and printed.question_ref = verbatims.question_ref
where
    (
        verbatims.text is null
        or responses.may_quote = 'counted'
        or not printed.span_start between 0 and length(verbatims.text)
        or not printed.span_end between printed.span_start + 1 and length(verbatims.text)
    )
    -- What they said later than the edition could not bind it.
    and coalesce(responses.fetched_at <= printed.as_of, true)
