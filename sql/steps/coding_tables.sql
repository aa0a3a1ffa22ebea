-- What the coder said: codings and codes of the present versions, and `_ahead` what a re-coding has
-- done so far, which the next build takes over.
create table if not exists staging.codings (
    text_hash varchar, stance varchar, language varchar, needs_review boolean,
    codebook_version varchar
);
alter table staging.codings add column if not exists survey_language varchar;
alter table staging.codings add column if not exists model_version varchar;
alter table staging.codings add column if not exists code_count integer;
create table if not exists staging.codes (
    text_hash varchar, stance varchar, reason varchar, is_primary boolean, polarity varchar,
    span_start bigint, span_end bigint, coder varchar, confidence double, codebook_version varchar
);
alter table staging.codes add column if not exists is_suggested boolean;
alter table staging.codes add column if not exists model_version varchar;
create table if not exists staging.codings_ahead as
select *
from staging.codings
where false;
alter table staging.codings_ahead add column if not exists code_count integer;
create table if not exists staging.codes_ahead as
select *
from staging.codes
where false;
-- Of what was coded before it was counted.
update staging.codings set
    code_count = (
        select count(*) from staging.codes
        where codes.text_hash = codings.text_hash and codes.stance = codings.stance
    )
where code_count is null;
update staging.codings_ahead set
    code_count = (
        select count(*) from staging.codes_ahead
        where
            codes_ahead.text_hash = codings_ahead.text_hash
            and codes_ahead.stance = codings_ahead.stance
    )
where code_count is null;
