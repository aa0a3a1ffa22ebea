-- One row per case somebody was alerted to: bound to its edition before that is made, and told
-- once every reader has it or may have it.
create table if not exists ops.alerts (
    edition_id varchar not null,
    response_key varchar not null,
    harm varchar not null,
    as_of timestamptz not null,
    told_at timestamptz
);
