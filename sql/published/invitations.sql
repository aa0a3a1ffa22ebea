-- Every survey link sent, without the person and without who answered when.
select
    invitation_id,
    form_kind,
    decision_id,
    account_id,
    block,
    sent_at,
    closes_at
from work.marts.invitations
