-- One row per outdated response of one batch, with its line.
select
    outdated.*,
    responses.form_kind,
    responses.item
from outdated
inner join raw.responses on outdated.line = responses.rowid
where outdated.batch = $batch and responses.rowid between $first_line and $last_line
