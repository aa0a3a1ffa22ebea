-- One row per finding, as it stood in the edition that was sent.
create table if not exists ops.findings (
    edition_id varchar not null,
    lens varchar not null,
    position integer not null,
    reason varchar,
    claim varchar not null,
    figure_count bigint not null,
    figure_total bigint not null,
    low double,
    high double,
    row_ids varchar[] not null,
    form_id varchar,
    response_id varchar,
    question_ref varchar,
    span_start bigint,
    span_end bigint,
    quote varchar,
    attribution varchar,
    codebook_version varchar not null,
    as_of timestamptz not null
);
