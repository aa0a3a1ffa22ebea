-- One row per invitation, as last exported.
select
    invitation_id,
    form_kind,
    decision_id,
    account_id,
    respondent,
    block,
    sent_at,
    closes_at,
    fetched_at
from raw.invitations
qualify row_number() over (partition by invitation_id order by fetched_at desc, row_hash asc) = 1
