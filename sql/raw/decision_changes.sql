-- One row per distinct version of a change the CRM logged in one field of a decision.
-- What the field held is text: days as in ISO 8601, numbers with a decimal point.
create table if not exists raw.decision_changes (
    change_id varchar not null,
    decision_id varchar not null,
    field varchar not null,
    old_value varchar,
    new_value varchar,
    changed_at timestamptz not null,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
