-- Every reason of the codebook: no word of a customer's.
select
    reason,
    parent,
    label,
    polarity
from work.marts.codebook
order by reason
