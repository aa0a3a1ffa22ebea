-- One row per distinct version of an account in the CRM's export.
create table if not exists raw.accounts (
    account_id varchar not null,
    account_name varchar,
    segment varchar,
    sector varchar,
    region varchar,
    customer_since_on date,
    is_current boolean,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
