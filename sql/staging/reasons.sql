-- One row per reason of the codebook, as its newest version words it.
select
    reason,
    coalesce(nullif(parent, ''), reason) as parent,
    label
from seeds.reasons
qualify row_number() over (partition by reason order by valid_from desc, label asc) = 1
