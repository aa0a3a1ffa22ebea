-- One row: what this warehouse is, and the salt of its opaque keys.
create table if not exists ops.programme (
    schema_version integer not null,
    salt varchar not null,
    unfolded_with varchar not null default ''
);
