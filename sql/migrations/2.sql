-- Schema 2: one shape for all that schema 1 has been.
-- Files of schema 1 differ: tables and columns came in over time, some in the middle of a table.
-- What was changed is made anew and filled from what was there, so that a file that was brought up
-- has the same columns, in the same order, as one that began with schema 2. New tables need no
-- line here: `sql/raw` and `sql/ops` make what is missing.

-- What is built from raw is built anew; what coders said of the words stays.
drop schema if exists marts cascade;
drop schema if exists seeds cascade;
drop table if exists staging.accounts;
drop table if exists staging.actions;
drop table if exists staging.agreement;
drop table if exists staging.answers;
drop table if exists staging.check_ins;
drop table if exists staging.cleared_names;
drop table if exists staging.decisions;
drop table if exists staging.invitations;
drop table if exists staging.labels;
drop table if exists staging.promises;
drop table if exists staging.questions;
drop table if exists staging.reasons;
drop table if exists staging.respondents;
drop table if exists staging.responses;
drop table if exists staging.seller_reasons;
drop table if exists staging.sellers;
drop table if exists staging.standing_labels;
drop table if exists staging.verbatims;
update ops.programme set unfolded_with = '';

-- Before there were two instants, what was received was learned at once.
alter table raw.forms add column if not exists received_at timestamptz;
update raw.forms set received_at = fetched_at
where received_at is null;
alter table raw.responses add column if not exists received_at timestamptz;
update raw.responses set received_at = fetched_at
where received_at is null;

-- What is read from each line once, the first build reads of those that are here already.
alter table raw.responses add column if not exists said struct(
    response_type varchar,
    submitted_at varchar,
    staged_at varchar,
    landed_at varchar,
    is_deleted varchar,
    byte_count bigint
);

alter table ops.rejects add column if not exists seen_at timestamptz;
alter table ops.runs add column if not exists model_version varchar;

alter table raw.sellers rename to sellers_before;
create table raw.sellers (
    seller_id varchar not null,
    seller_name varchar,
    team varchar,
    seller_email varchar,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
insert into raw.sellers by name from raw.sellers_before;
drop table raw.sellers_before;

-- Where it is not known which codebook a person had before them, it stays unknown.
create table if not exists raw.labels (label_id varchar);
alter table raw.labels rename to labels_before;
create table raw.labels (
    label_id varchar not null,
    text_hash varchar not null,
    stance varchar not null,
    reviewer varchar not null,
    labelled_at timestamptz not null,
    sample varchar not null,
    is_blind boolean not null,
    reason varchar,
    is_primary boolean,
    polarity varchar,
    span_start bigint,
    span_end bigint,
    codebook_version varchar,
    row_hash varchar not null,
    fetched_at timestamptz not null
);
insert into raw.labels by name from raw.labels_before;
drop table raw.labels_before;

-- A row is known again by its hash, which is that of all its columns, the new ones too.
alter table raw.decisions rename to decisions_before;
create table raw.decisions (
    decision_id varchar not null,
    account_id varchar,
    decision_kind varchar not null,
    outcome varchar,
    product varchar,
    amount_usd double,
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
insert into raw.decisions by name
select
    * exclude (row_hash),
    md5(cast(to_json({
        decision_id: decision_id, account_id: account_id, decision_kind: decision_kind,
        outcome: outcome, product: product, amount_usd: amount_usd, amount: null, currency: null,
        competitor: competitor, seller_id: seller_id, team: team, stage: stage,
        opened_on: opened_on, decided_on: decided_on
    }) as varchar)) as row_hash
from raw.decisions_before;
drop table raw.decisions_before;
