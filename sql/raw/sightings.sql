-- One row per later pull that carried a response as it was already known.
create table if not exists raw.sightings (
    form_id varchar not null,
    response_id varchar not null,
    item_hash varchar not null,
    received_at timestamptz not null,
    fetched_at timestamptz not null
);
