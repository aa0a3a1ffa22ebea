-- One row per distinct version of a check-in with a customer.
create table if not exists raw.check_ins (
    check_in_id varchar not null,
    account_id varchar,
    held_on date,
    channel varchar,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
