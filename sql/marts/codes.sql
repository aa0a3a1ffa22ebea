-- One row per reason a coder found in one answer, with the span that shows it.
select
    verbatims.verbatim_key,
    verbatims.response_key,
    verbatims.response_id,
    verbatims.question_ref,
    codes.reason,
    coalesce(reasons.parent, codes.reason) as parent,
    codes.is_primary,
    codes.polarity,
    codes.span_start,
    codes.span_end,
    codes.coder,
    codes.confidence,
    codes.codebook_version
from marts.verbatims
inner join staging.codes using (text_hash, stance)
left join staging.reasons on codes.reason = reasons.reason
