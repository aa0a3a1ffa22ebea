-- One row per reason of one coding by a person; one without a reason where none applies.
-- What the person did not say is null: main reason, polarity, and the words that show the reason.
create table if not exists raw.labels (
    label_id varchar not null,
    text_hash varchar not null,
    stance varchar not null,
    reviewer varchar not null,
    labelled_at timestamptz not null,
    sample varchar not null,
    is_blind boolean not null,
    reason varchar,
    is_primary boolean,
    polarity varchar,
    span_start bigint,
    span_end bigint,
    codebook_version varchar,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
