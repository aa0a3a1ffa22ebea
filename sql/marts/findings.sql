-- One row per finding, as it stood in the edition that was sent.
select
    edition_id,
    lens,
    cast(position as bigint) as position,
    reason,
    claim,
    figure_count,
    figure_total,
    low,
    high,
    row_ids,
    form_id,
    response_id,
    question_ref,
    span_start,
    span_end,
    quote,
    attribution,
    codebook_version,
    as_of
from ops.findings
