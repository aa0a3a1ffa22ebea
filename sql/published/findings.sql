-- Every finding as sent; the quote's response only where the customer is named.
select
    edition_id,
    lens,
    position,
    reason,
    claim,
    figure_count,
    figure_total,
    low,
    high,
    quote,
    attribution,
    codebook_version,
    as_of
from work.marts.findings
order by edition_id, lens, position
