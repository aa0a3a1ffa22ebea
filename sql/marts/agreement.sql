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
    -- An old edition made anew with a codebook that came later knows nothing of it.
    case
        when
            in_force.codebook_version
            = coalesce(known.codebook_version, in_force.codebook_version)
            then agreement.codebook_version = in_force.codebook_version
    end as is_in_force
from staging.agreement
cross join (
    select any_value(codebook_version) as codebook_version from staging.codings
) as in_force
cross join (
    select arg_max(codebook_version, (taken_up_at, codebook_version)) as codebook_version
    from ops.codebooks
) as known
left join staging.reasons on agreement.reason = reasons.reason
