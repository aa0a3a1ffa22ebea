-- One row per distinct version of a seller.
create table if not exists raw.sellers (
    seller_id varchar not null,
    seller_name varchar,
    team varchar,
    seller_email varchar,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
