-- One row per reason the coder found in a text under a stance with a codebook that has been left;
-- one without a reason where it found none.
create table if not exists ops.past_codes (
    text_hash varchar not null,
    stance varchar not null,
    reason varchar,
    is_primary boolean,
    polarity varchar,
    span_start bigint,
    span_end bigint,
    coder varchar,
    confidence double,
    codebook_version varchar not null,
    model_version varchar,
    left_at timestamptz not null
);
