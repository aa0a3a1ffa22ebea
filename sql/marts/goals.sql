-- One row per customer's response that was asked what they were trying to achieve, with what our
-- side had written of it before the answer was shown.
with ours as (

    select
        responses.decision_id,
        responses.retaken_count,
        responses.response_key,
        responses.fetched_at
    from marts.responses
    left join marts.shown using (decision_id, retaken_count)
    where
        responses.form_kind = 'seller'
        and responses.submitted_at <= coalesce(shown.first_shown_at, timestamptz '9999-01-01')
    qualify row_number() over (
        partition by responses.decision_id, responses.retaken_count
        order by responses.submitted_at desc, responses.response_key desc
    ) = 1

),

noted as (

    select
        ours.decision_id,
        ours.retaken_count,
        ours.fetched_at,
        max(verbatims.text) filter (where verbatims.question_ref = 'goal_ours') as goal_ours,
        coalesce(bool_or(verbatims.question_ref = 'pitched'), false) as has_pitch
    from ours
    left join marts.verbatims
        on
            ours.response_key = verbatims.response_key
            and verbatims.question_ref in ('goal_ours', 'pitched')
    group by ours.decision_id, ours.retaken_count, ours.fetched_at

),

asked as (

    select
        answers.response_key,
        noted.goal_ours,
        noted.has_pitch,
        noted.fetched_at
    from marts.answers
    -- Of a decision that came back, our note of the time that they speak of.
    left join marts.responses on answers.response_key = responses.response_key
    left join noted
        on
            answers.decision_id = noted.decision_id
            and coalesce(responses.retaken_count, 0) = noted.retaken_count
    where
        answers.question_ref = 'goal'
        and answers.form_kind not in ('seller', 'staff')
        and answers.vote_key is not null

),

told as (

    select response_key
    from marts.verbatims
    where question_ref = 'goal'

),

-- Words are read only where there are ours to read beside them.
shared as (

    select
        asked.response_key,
        len(list_intersect(
            marts.content_words(theirs.text), marts.content_words(asked.goal_ours)
        )) as shared_word_count
    from asked
    inner join marts.verbatims as theirs
        on asked.response_key = theirs.response_key and theirs.question_ref = 'goal'
    where asked.goal_ours is not null

)

select
    asked.response_key,
    told.response_key is not null as has_goal,
    asked.goal_ours is not null as has_our_goal,
    coalesce(asked.has_pitch, false) as has_pitch,
    coalesce(shared.shared_word_count, 0) as shared_word_count,
    asked.fetched_at as our_form_fetched_at
from asked
left join told using (response_key)
left join shared on asked.response_key = shared.response_key
