-- One row per response that counts: what its rows of marts.answers are made of, as a number of
-- its own, and one that all share.
with asked as (

    select hash(
        $model,
        (select list(questions order by questions) from staging.questions),
        (select list(questions order by questions) from seeds.questions),
        (select list(question_map order by question_map) from seeds.question_map)
    ) as shared_hash

)

select
    responses.response_key,
    asked.shared_hash,
    hash(
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
    ) as own_hash
from marts.responses
inner join staging.responses as received using (response_key)
cross join asked
