-- One row per quote an edition printed, so that none is printed again too soon.
create table if not exists ops.printed_quotes (
    edition_id varchar not null,
    form_id varchar not null,
    response_id varchar not null,
    question_ref varchar not null,
    span_start bigint not null,
    span_end bigint not null,
    as_of timestamptz not null
);
