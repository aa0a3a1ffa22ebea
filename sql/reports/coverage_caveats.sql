-- One row per check that found rows which readers should know of: what they are, and how many.
-- Needs the work file.
select
    caveat,
    row_count
from staging.caveats
order by row_count desc, caveat
