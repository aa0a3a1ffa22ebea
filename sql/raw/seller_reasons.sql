-- One row per distinct version of the reason our side logged for a decision.
create table if not exists raw.seller_reasons (
    decision_id varchar not null,
    seller_id varchar,
    seller_value varchar,
    seller_text varchar,
    confidence double,
    recorded_at timestamptz,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
