-- One row per distinct version of a promise our side logged.
create table if not exists raw.promises (
    promise_id varchar not null,
    decision_id varchar,
    account_id varchar,
    promise_text varchar,
    promised_by varchar,
    promise_due_on date,
    is_measurable boolean,
    remedy varchar,
    our_verdict varchar,
    recorded_at timestamptz,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
