-- One row per form and instant at which it was read: its definition as it was then.
-- DuckDB tries zstd only on longer text, and sqlfluff does not know how to ask for it.
create table if not exists raw.forms ( -- noqa: PRS
    form_id varchar not null,
    form_kind varchar not null,
    definition json not null using compression zstd,
    definition_hash varchar not null,
    fetched_at timestamptz not null,
    -- When it was sent to us, which may be before we learned it (fetched_at).
    received_at timestamptz
);
