-- One row per edition and reader: claimed before sending, its outcome after.
create table if not exists ops.deliveries (
    edition_id varchar not null,
    reader varchar not null,
    message_id varchar not null,
    outcome varchar not null,
    detail varchar,
    claimed_at timestamptz not null,
    ended_at timestamptz
);
