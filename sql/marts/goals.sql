-- One row per customer's response that was asked what they were trying to achieve, with what our
-- side had written of it before the answer was shown.
with ours as (

    select
        responses.decision_id,
        responses.response_key,
        responses.fetched_at
    from marts.responses
    left join marts.shown using (decision_id, retaken_count)
    where
        responses.form_kind = 'seller'
        and responses.submitted_at <= coalesce(shown.first_shown_at, timestamptz '9999-01-01')
    qualify row_number() over (
        partition by responses.decision_id order by responses.submitted_at desc
    ) = 1

),

written as (

    select
        response_key,
        max(text) filter (where question_ref = 'goal') as goal,
        max(text) filter (where question_ref = 'goal_ours') as goal_ours,
        max(text) filter (where question_ref = 'pitched') as pitched
    from marts.verbatims
    where question_ref in ('goal', 'goal_ours', 'pitched')
    group by response_key

)

select
    answers.response_key,
    theirs.goal is not null as has_goal,
    mine.goal_ours is not null as has_our_goal,
    mine.pitched is not null as has_pitch,
    len(list_intersect(marts.content_words(theirs.goal), marts.content_words(mine.goal_ours)))
        as shared_word_count,
    ours.fetched_at as our_form_fetched_at
from marts.answers
left join ours on answers.decision_id = ours.decision_id
left join written as theirs on answers.response_key = theirs.response_key
left join written as mine on ours.response_key = mine.response_key
where
    answers.question_ref = 'goal'
    and answers.form_kind not in ('seller', 'staff')
    and answers.vote_key is not null
