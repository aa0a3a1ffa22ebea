-- A response whose answers as received are not as many as its answers unfolded.
with unfolded as (

    select
        response_key,
        count(position) as unfolded_count
    from staging.answers
    group by response_key

)

select
    responses.response_key,
    responses.answer_count,
    coalesce(unfolded.unfolded_count, 0) as unfolded_count
from staging.responses
left join unfolded using (response_key)
where coalesce(unfolded.unfolded_count, 0) != responses.answer_count
