-- One row per reason found in published words, where it stands in them as printed.
select
    codes.verbatim_key,
    codes.reason,
    codes.is_primary,
    codes.span_start,
    codes.span_end
from work.marts.codes
inner join work.marts.verbatims using (verbatim_key)
inner join work.ops.masks on unhex(sha256(verbatims.text)) = masks.text_key and masks.is_guarded
where verbatims.may_quote in ('named', 'unnamed') and masks.masked_text is null

union all

from moved_spans
