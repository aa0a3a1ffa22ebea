-- One row per distinct version of what a unit of a currency is worth in dollars from a day on.
-- A rate that left its file is told again, as 0.
create table if not exists raw.rates (
    currency varchar not null,
    usd double not null,
    valid_from date not null,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
