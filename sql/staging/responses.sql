-- One row per response, as its current line says.
select
    concat(changed.form_id, '/', changed.response_id) as response_key,
    changed.form_id,
    changed.form_kind,
    changed.response_id,
    changed.response_type,
    changed.source as received_by,
    signatures.signature,
    -- Staff answer unseen, whatever a link of theirs may carry.
    case when changed.form_kind != 'staff' then nullif(changed.item ->> '$.hidden.decision_id', '')
    end as decision_id,
    case when changed.form_kind != 'staff' then nullif(changed.item ->> '$.hidden.account_id', '')
    end as account_id,
    case when changed.form_kind != 'staff' then nullif(changed.item ->> '$.hidden.respondent', '')
    end as respondent,
    case when changed.form_kind = 'staff' then nullif(trim(changed.item ->> '$.hidden.team'), '')
    end as team,
    nullif(changed.item ->> '$.hidden.block', '') as block,
    coalesce(len(try_cast(changed.item -> '$.answers' as json[])), 0) as answer_count,
    changed.item_hash,
    changed.definition_hash,
    changed.landed_at,
    changed.submitted_at,
    changed.staged_at,
    changed.fetched_at
from changed
inner join signatures using (form_id, response_id)
