-- One row per distinct version of a decision in the CRM's export.
create table if not exists raw.decisions (
    decision_id varchar not null,
    account_id varchar,
    decision_kind varchar not null,
    outcome varchar,
    product varchar,
    amount_usd double,
    -- As exported, where that is in another currency.
    amount double,
    currency varchar,
    competitor varchar,
    seller_id varchar,
    team varchar,
    stage varchar,
    opened_on date,
    decided_on date,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
