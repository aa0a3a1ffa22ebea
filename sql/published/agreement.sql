-- How far people, and people and the machine, agree on each reason; counts of texts alone.
select
    codebook_version,
    pair,
    reason,
    parent,
    label,
    text_count,
    both_count,
    one_count,
    neither_count,
    overlap,
    alpha,
    alpha_low,
    alpha_high,
    is_tentative,
    is_in_force
from work.marts.agreement
order by codebook_version, pair, reason nulls first
