-- One row per quote of a finding whose answer is there and may still be printed: the quote as sent,
-- and the answer with its marks as they are now.
select
    sent.edition_id,
    sent.lens,
    sent.position,
    sent.quote,
    sent.span_start,
    sent.span_end,
    verbatims.text,
    masks.marks
from work.marts.findings as sent
inner join work.marts.verbatims using (form_id, response_id, question_ref)
inner join work.ops.masks on unhex(sha256(verbatims.text)) = masks.text_key and masks.is_guarded
where
    sent.quote is not null
    and verbatims.may_quote in ('named', 'unnamed')
    and verbatims.form_kind not in ('seller', 'staff')
