-- One row per distinct version of a response as received from one source.
-- DuckDB tries zstd only on longer text, and sqlfluff does not know how to ask for it.
create table if not exists raw.responses ( -- noqa: PRS
    form_id varchar not null,
    form_kind varchar not null,
    response_id varchar not null,
    source varchar not null,
    item json not null using compression zstd,
    item_hash varchar not null,
    fetched_at timestamptz not null,
    -- When it was first sent to us, which may be before we learned it (fetched_at).
    received_at timestamptz,
    -- What decides which line of a response holds, and its length; null where it is yet to be read.
    said struct (
        response_type varchar,
        submitted_at varchar,
        staged_at varchar,
        landed_at varchar,
        is_deleted varchar,
        byte_count bigint
    )
);
