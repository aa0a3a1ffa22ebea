-- One row per distinct version of a response as received from one source.
create table if not exists raw.responses (
    form_id varchar not null,
    form_kind varchar not null,
    response_id varchar not null,
    source varchar not null,
    item json not null using compression zstd,
    item_hash varchar not null,
    fetched_at timestamptz not null
);
-- When it was first sent to us, which may be before we learned it (fetched_at).
alter table raw.responses add column if not exists received_at timestamptz;
