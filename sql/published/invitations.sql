-- Every survey link sent, without the person, their block, and who answered when.
select
    invitation_id,
    form_kind,
    decision_id,
    account_id,
    sent_at,
    closes_at
from work.marts.invitations
order by invitation_id
