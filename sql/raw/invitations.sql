-- One row per distinct version of an invitation.
create table if not exists raw.invitations (
    invitation_id varchar not null,
    form_kind varchar,
    decision_id varchar,
    account_id varchar,
    respondent varchar,
    block varchar,
    sent_at timestamptz,
    closes_at timestamptz,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
