-- One row per landing file already loaded into raw.
create table if not exists ops.landed (
    file varchar not null,
    line_count bigint not null,
    loaded_at timestamptz not null
);
