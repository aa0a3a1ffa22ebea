-- One row per outdated response, with its line as received.
select
    outdated.*,
    responses.form_kind,
    responses.item,
    responses.item -> '$.hidden' as hidden
from outdated
inner join raw.responses on outdated.line = responses.rowid
