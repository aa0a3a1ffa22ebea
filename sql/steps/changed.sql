-- One row per outdated response, with the parts of its line that are unfolded.
select
    outdated.*,
    responses.form_kind,
    responses.item -> '$.hidden' as hidden,
    json_type(responses.item, '$.answers') as answers_type,
    -- Where a list should be, anything else is one answer, kept as received.
    case
        when answers_type = 'ARRAY'
            then json_transform(responses.item, '{"answers": ["JSON"]}').answers
        when answers_type != 'NULL' then [responses.item -> '$.answers']
    end as answers,
    coalesce(len(answers), 0)::integer as answer_count
from outdated
inner join raw.responses on outdated.line = responses.rowid
