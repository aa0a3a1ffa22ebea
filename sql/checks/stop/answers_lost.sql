-- A response whose answers as received are not as many as its answers unfolded.
select
    responses.response_key,
    responses.answer_count,
    count(answers.position) as unfolded_count
from staging.responses
left join staging.answers using (response_key)
group by responses.response_key, responses.answer_count
having count(answers.position) <> responses.answer_count
