-- One row per reason found in words that are published with a mask: its span, and every mark.
select
    codes.verbatim_key,
    codes.reason,
    codes.is_primary,
    codes.span_start,
    codes.span_end,
    masks.marks
from work.marts.codes
inner join work.marts.verbatims using (verbatim_key)
inner join work.ops.masks on unhex(sha256(verbatims.text)) = masks.text_key and masks.is_guarded
where
    verbatims.may_quote in ('named', 'unnamed')
    and verbatims.form_kind not in ('seller', 'staff')
    and masks.masked_text is not null
