-- One row per distinct version of a form's definition.
create table if not exists raw.forms (
    form_id varchar not null,
    form_kind varchar not null,
    definition json not null,
    definition_hash varchar not null,
    fetched_at timestamptz not null
);
