-- One row per response whose current line, or the form it answers, is not as unfolded last; those
-- of one batch, some 20 MB of lines, are unfolded together: mostly few enough for all threads.
select
    current.*,
    sum(current.byte_count) over (order by current.line) // 20971520 as batch
from current
left join staging.responses as unfolded
    on current.form_id = unfolded.form_id and current.response_id = unfolded.response_id
where
    unfolded.item_hash is distinct from current.item_hash
    or unfolded.received_by is distinct from current.source
    or unfolded.fetched_at is distinct from current.fetched_at
    or unfolded.definition_hash is distinct from current.definition_hash
