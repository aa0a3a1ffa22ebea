-- One row per answer of a changed response, as received. A table of its own, since a model over
-- many rows is worked on by every core, and one over few responses by one.
select
    form_id,
    response_id,
    unnest(answers) as answer,
    unnest(range(1, len(answers) + 1)) as position
from (
    select
        *,
        staging.listed(item, '$.answers') as answers
    from changed
) as items
