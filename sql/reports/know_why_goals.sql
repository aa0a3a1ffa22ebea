-- One row: of the defections whose survey closed in the window and whose customer was asked what
-- they were trying to achieve, how many said it, and what our side had written beforehand.
-- Needs the work file.
with asked as (

    select
        heard.vote_key,
        bool_or(goals.has_goal) as has_goal,
        bool_or(goals.our_form_fetched_at <= $as_of) as has_our_form,
        bool_or(goals.has_our_goal and goals.our_form_fetched_at <= $as_of) as has_our_goal,
        bool_or(goals.has_pitch and goals.our_form_fetched_at <= $as_of) as has_pitch,
        bool_or(goals.shared_word_count > 0 and goals.our_form_fetched_at <= $as_of)
            as has_shared_word,
        list_sort(list(heard.response_id)) as response_ids
    from marts.goals
    inner join marts.heard using (response_key)
    where
        heard.is_defection
        and heard.counted_on between $from and $to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    group by heard.vote_key

)

select
    count(*) as asked_count,
    count(*) filter (where has_goal) as goal_count,
    count(*) filter (where has_goal and has_our_form) as form_count,
    count(*) filter (where has_goal and has_our_goal) as known_count,
    count(*) filter (where has_goal and has_pitch) as pitched_count,
    count(*) filter (where has_goal and has_our_goal and has_shared_word) as shared_count,
    list_sort(flatten(list(response_ids) filter (where has_goal))) as goal_ids,
    list_sort(flatten(list(response_ids) filter (where has_goal and has_our_form))) as form_ids,
    list_sort(flatten(list(response_ids) filter (where has_goal and has_our_goal))) as known_ids,
    list_sort(flatten(list(response_ids) filter (where has_goal and has_pitch))) as pitched_ids,
    list_sort(flatten(
        list(response_ids) filter (where has_goal and has_our_goal and has_shared_word)
    )) as shared_ids
from asked
