-- One row per codebook taken up, with the reasons it may give; those are not known of the first one
-- of a programme that began before they were kept.
create table if not exists ops.codebooks (
    codebook_version varchar not null,
    taken_up_at timestamptz not null,
    reasons varchar[]
);
