-- One row per word that might be a stranger's name, with what a reviewer said of it last.
select
    word,
    is_person,
    reviewer,
    said_at,
    fetched_at
from raw.names
where trim(word) <> ''
-- What was said at once both ways is a person: a mask too many harms nobody.
qualify row_number() over (
    partition by word order by said_at desc, is_person desc, fetched_at desc, row_hash asc
) = 1
