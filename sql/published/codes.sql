-- Every reason found in published words; its span fits the masked text. Of words without a name the
-- reason alone, to be counted: beside its words it would match them to the reasons of a decision.
select
    case when is_named then codes.verbatim_key end as verbatim_key,
    case when is_named then codes.question_ref end as question_ref,
    codes.reason,
    codes.parent,
    case when is_named then codes.is_primary end as is_primary,
    case when is_named then codes.polarity end as polarity,
    case when is_named then spans.span_start end as span_start,
    case when is_named then spans.span_end end as span_end,
    case when is_named then codes.coder end as coder,
    case when is_named then codes.confidence end as confidence,
    codes.codebook_version
from work.marts.codes
inner join (
    select
        verbatim_key,
        may_quote = 'named' as is_named
    from work.marts.verbatims
    where form_kind not in ('seller', 'staff')
) as words using (verbatim_key)
inner join masked_spans as spans using (verbatim_key, reason, is_primary)
order by
    case when is_named then codes.verbatim_key end nulls last,
    case when is_named then spans.span_start end,
    codes.reason
