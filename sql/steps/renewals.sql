-- One row per response that counts: what its rows of marts.answers are made of, as one number.
with asked as (

    select hash(
        (select list(questions order by questions) from staging.questions),
        (select list(questions order by questions) from seeds.questions),
        (select list(question_map order by question_map) from seeds.question_map)
    ) as made_of

)

select
    responses.response_key,
    hash(
        $model,
        asked.made_of,
        received.item_hash,
        received.definition_hash,
        responses.form_id,
        responses.response_id,
        responses.form_kind,
        responses.block,
        responses.decision_id,
        responses.vote_key,
        responses.account_id,
        responses.submitted_at
    ) as made_of
from marts.responses
inner join staging.responses as received using (response_key)
cross join asked
