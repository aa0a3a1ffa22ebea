-- One row per build: what it was built from and with.
create table if not exists ops.runs (
    as_of timestamptz not null,
    codebook_version varchar not null,
    unfolded_count bigint not null,
    coded_count bigint not null,
    -- What coded, beside the codebook: the models, and what people had taught them.
    model_version varchar
);
