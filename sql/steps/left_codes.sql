-- One row per reason found in a text under a stance; one without a reason where none was.
select
    codings.text_hash,
    codings.stance,
    codes.reason,
    codes.is_primary,
    codes.polarity,
    codes.span_start,
    codes.span_end,
    codes.coder,
    codes.confidence,
    codings.codebook_version,
    codings.model_version
from staging.codings
left join staging.codes
    on
        codings.text_hash = codes.text_hash
        and codings.stance = codes.stance
        and codes.is_suggested is distinct from true
