-- One row per promise our side logged in the CRM, as last exported.
select
    promise_id,
    decision_id,
    account_id,
    promise_text,
    promised_by,
    promise_due_on,
    is_measurable,
    remedy,
    our_verdict,
    coalesce(recorded_at, min(fetched_at) over (partition by promise_id)) as recorded_at,
    fetched_at
from raw.promises
qualify row_number() over (partition by promise_id order by fetched_at desc, row_hash asc) = 1
