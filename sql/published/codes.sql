-- Every reason found in published words; its span fits the masked text.
select
    codes.verbatim_key,
    codes.question_ref,
    codes.reason,
    codes.parent,
    codes.is_primary,
    codes.polarity,
    spans.span_start,
    spans.span_end,
    codes.coder,
    codes.confidence,
    codes.codebook_version
from work.marts.codes
inner join masked_spans as spans using (verbatim_key, reason, is_primary)
order by codes.verbatim_key, spans.span_start, codes.reason
