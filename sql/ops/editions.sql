-- One row per edition, opened before anything is built for it: its as_of never moves.
create table if not exists ops.editions (
    edition_id varchar not null,
    report varchar not null,
    week varchar not null,
    audience varchar not null,
    as_of timestamptz not null,
    body_hash varchar
);
