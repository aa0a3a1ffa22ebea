-- One row per response or answer that was used as far as it goes.
select
    'typeform' as source,
    'answer' as entity,
    response_key as record_id,
    case
        when answer_type in ('text', 'url', 'number', 'boolean', 'date', 'choice', 'choices')
            then 'unreadable answer'
        else 'unknown answer type'
    end as reason,
    concat(question_ref, ': ', coalesce(answer_type, 'no type')) as detail,
    position as at_line
from staging.answers
where value_json is not null

union all by name

select
    'typeform' as source,
    'response' as entity,
    response_key as record_id,
    concat(signature, ' signature') as reason,
    form_id as detail,
    null as at_line
from staging.responses
where signature in ('invalid', 'missing')

union all by name

select
    'typeform' as source,
    'response' as entity,
    responses.response_key as record_id,
    'unknown decision' as reason,
    responses.form_id as detail,
    null as at_line
from staging.responses
left join staging.decisions using (decision_id)
where responses.decision_id is not null and decisions.decision_id is null

union all by name

-- Without an instant it may count as partial, and so in no figure.
select
    'typeform' as source,
    'response' as entity,
    responses.response_key as record_id,
    'unreadable submitted_at' as reason,
    responses.form_id as detail,
    null as at_line
from staging.responses
inner join raw.responses as line
    on
        responses.form_id = line.form_id
        and responses.response_id = line.response_id
        and responses.item_hash = line.item_hash
where
    responses.submitted_at is null
    and left(line.said.submitted_at, 4) not in ('0001', '')
group by all
