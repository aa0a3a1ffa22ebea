-- One row per reason of the codebook, as its newest version words it.
select
    reason,
    parent,
    label,
    polarity
from staging.reasons
