-- One row per form and response type: up to when it has been pulled and landed.
create table if not exists ops.cursors (
    form_id varchar not null,
    response_type varchar not null,
    pulled_until timestamptz not null
);
