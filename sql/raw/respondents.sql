-- One row per distinct version of a person we may ask.
create table if not exists raw.respondents (
    respondent varchar not null,
    account_id varchar,
    respondent_name varchar,
    respondent_role varchar,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
