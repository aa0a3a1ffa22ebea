-- One row per personal survey link sent to one respondent.
select
    invitations.invitation_id,
    invitations.form_kind,
    invitations.decision_id,
    invitations.account_id,
    invitations.respondent,
    invitations.block,
    invitations.sent_at,
    invitations.closes_at,
    min(responses.submitted_at) as answered_at
from staging.invitations
left join marts.responses
    on
        invitations.respondent = responses.respondent
        and invitations.form_kind = responses.form_kind
        and invitations.decision_id is not distinct from responses.decision_id
        and invitations.sent_at <= responses.submitted_at
group by all
