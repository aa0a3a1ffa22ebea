-- One row per codebook, pair of judges and reason that either gave: how far they agree on it. A row
-- without a reason compares all they gave a text.
select
    agreement.codebook_version,
    agreement.pair,
    agreement.reason,
    reasons.parent,
    reasons.label,
    agreement.text_count,
    agreement.both_count,
    agreement.one_count,
    agreement.neither_count,
    agreement.overlap,
    agreement.alpha,
    agreement.alpha_low,
    agreement.alpha_high,
    agreement.is_tentative,
    agreement.codebook_version = (
        select any_value(codings.codebook_version) from staging.codings
    ) as is_in_force
from staging.agreement
left join staging.reasons on agreement.reason = reasons.reason
