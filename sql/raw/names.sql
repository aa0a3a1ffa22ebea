-- One row per thing a reviewer said about a word that might be a stranger's name.
create table if not exists raw.names (
    word varchar not null,
    is_person boolean not null,
    reviewer varchar not null,
    said_at timestamptz not null,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
