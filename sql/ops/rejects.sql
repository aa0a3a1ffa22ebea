-- One row per input set aside, once however often it is read again.
create table if not exists ops.rejects (
    source varchar not null,
    entity varchar not null,
    record_id varchar,
    reason varchar not null,
    detail varchar,
    at_line bigint,
    rejected_at timestamptz not null,
    -- When it was last met: of what every run reads whole, whether it still stands.
    seen_at timestamptz
);
