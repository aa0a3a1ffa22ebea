-- Every reason found in published words; its span fits the masked text. For words without a name
-- neither rank nor polarity, which together would match them to the reasons of a decision.
select
    codes.verbatim_key,
    codes.question_ref,
    codes.reason,
    codes.parent,
    case when verbatims.may_quote = 'named' then codes.is_primary end as is_primary,
    case when verbatims.may_quote = 'named' then codes.polarity end as polarity,
    spans.span_start,
    spans.span_end,
    codes.coder,
    codes.confidence,
    codes.codebook_version
from work.marts.codes
inner join work.marts.verbatims using (verbatim_key)
inner join masked_spans as spans using (verbatim_key, reason, is_primary)
where verbatims.form_kind not in ('seller', 'staff')
order by codes.verbatim_key, spans.span_start, codes.reason
