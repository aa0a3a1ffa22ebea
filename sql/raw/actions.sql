-- One row per thing stated about an action: that we will do it, and that it is done.
create table if not exists raw.actions (
    action_id varchar not null,
    event varchar not null,
    action_kind varchar,
    action_text varchar,
    owner varchar,
    reason varchar,
    measure varchar,
    action_due_on date,
    outcome_text varchar,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
