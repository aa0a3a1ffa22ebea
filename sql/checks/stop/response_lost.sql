-- A response that was received, was never reported deleted, and is not unfolded.
with received as (

    select
        form_id,
        response_id
    from raw.responses
    group by form_id, response_id
    having not bool_or(source = 'sweep')

)

select
    form_id,
    response_id
from received
anti join staging.responses using (form_id, response_id)
