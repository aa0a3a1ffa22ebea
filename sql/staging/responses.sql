-- One row per response that is there, as its current line says.
with told as (

    select
        * exclude (hidden),
        hidden ->> [
            '$.decision_id', '$.account_id', '$.respondent', '$.team', '$.block'
        ] as hidden
    from changed

)

select
    concat(told.form_id, '/', told.response_id) as response_key,
    told.form_id,
    told.form_kind,
    told.response_id,
    told.response_type,
    told.source as received_by,
    signatures.signature,
    -- Staff answer unseen, whatever a link of theirs may carry.
    case when told.form_kind != 'staff' then nullif(hidden[1], '') end as decision_id,
    case when told.form_kind != 'staff' then nullif(hidden[2], '') end as account_id,
    case when told.form_kind != 'staff' then nullif(hidden[3], '') end as respondent,
    case when told.form_kind = 'staff' then nullif(trim(hidden[4]), '') end as team,
    nullif(hidden[5], '') as block,
    told.answer_count,
    told.item_hash,
    told.lines_hash,
    told.definition_hash,
    told.landed_at,
    told.submitted_at,
    told.staged_at,
    told.fetched_at
from told
inner join signatures using (form_id, response_id)
