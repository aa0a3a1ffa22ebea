-- One row per outdated response, with its line as received and what that says, read once.
with told as (

    select
        outdated.*,
        responses.form_kind,
        responses.item,
        staging.told(responses.item) as told
    from outdated
    inner join raw.responses on outdated.line = responses.rowid

)

select
    * exclude (told),
    told.hidden,
    told.answers is not null as is_listed,
    -- Where a list should be, anything else is one answer, kept as received.
    case
        when told.answers is not null then told.answers
        when coalesce(json_type(item, '$.answers'), 'NULL') != 'NULL'
            then staging.told(concat('{"answers":[', item -> '$.answers', ']}')::json).answers
    end as answers,
    coalesce(len(answers), 0)::integer as answer_count
from told
