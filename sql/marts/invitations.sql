-- One row per personal survey link sent to one respondent.
with answered as (

    -- A response answers the last invitation before it, not every one.
    select
        invitations.invitation_id,
        responses.submitted_at
    from staging.invitations
    inner join marts.responses
        on
            invitations.respondent = responses.respondent
            and invitations.form_kind = responses.form_kind
            and invitations.decision_id is not distinct from responses.decision_id
            and invitations.sent_at <= responses.submitted_at
    qualify row_number() over (
        partition by responses.response_key
        order by invitations.sent_at desc, invitations.invitation_id desc
    ) = 1

)

select
    invitations.invitation_id,
    invitations.form_kind,
    invitations.decision_id,
    invitations.account_id,
    invitations.respondent,
    invitations.block,
    invitations.sent_at,
    invitations.closes_at,
    min(answered.submitted_at) as answered_at
from staging.invitations
left join answered using (invitation_id)
group by all
