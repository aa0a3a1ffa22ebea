-- A quote printed by an edition of the last build although its words may only be counted, or cut
-- from where its answer has no words.
select
    printed.edition_id,
    printed.response_id,
    printed.question_ref
from (
    select
        edition_id,
        form_id,
        response_id,
        question_ref,
        span_start,
        span_end
    from ops.printed_quotes
    where as_of = (select max(as_of) from ops.runs)

    union

    select
        edition_id,
        form_id,
        response_id,
        question_ref,
        span_start,
        span_end
    from ops.findings
    where quote is not null and as_of = (select max(as_of) from ops.runs)
) as printed
inner join marts.responses using (form_id, response_id)
left join marts.verbatims
    on
        responses.response_key = verbatims.response_key
        and printed.question_ref = verbatims.question_ref
where
    -- What they said later than the edition could not bind it.
    responses.fetched_at <= (select max(as_of) from ops.runs)
    and (
        responses.may_quote = 'counted'
        or verbatims.text is null
        or not printed.span_start between 0 and length(verbatims.text)
        or not printed.span_end between printed.span_start + 1 and length(verbatims.text)
    )
