-- Every change of the codebook: counts of texts, and no text of theirs.
select
    codebook_version,
    taken_up_at,
    previous_version,
    text_count,
    moved_count,
    added_reasons,
    retired_reasons
from work.marts.codebook_changes
order by taken_up_at
