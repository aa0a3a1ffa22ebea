-- One row per question about respect and what was answered, and one per question alone (answer
-- null): how many customers, over the window and the one before, since the beginning, in the week.
with said as (

    select
        heard.voter_key,
        heard.response_id,
        shown.question_ref,
        case
            when not list_contains(respect.answered_refs, shown.question_ref) then 'left_open'
            when shown.question_ref = 'felt_respected'
                then if(respect.felt_respected >= 4, 'yes', 'no')
            when shown.question_ref = 'condescended' then if(respect.is_condescended, 'yes', 'no')
            when shown.question_ref = 'misled' then if(respect.is_misled, 'yes', 'no')
            when shown.question_ref = 'nuisance_over'
                then coalesce(respect.nuisance_over, 'something_else')
            else 'given'
        end as answer,
        coalesce(heard.counted_on between $from and $to, false) as is_window,
        coalesce(
            heard.counted_on < $from
            and heard.counted_on >= $from - cast($to - $from + 1 as integer),
            false
        ) as is_before,
        cast(timezone($zone, heard.submitted_at) as date) between $week_from and $week_to
            as is_week
    from marts.respect
    inner join marts.heard using (response_key)
    cross join unnest(respect.shown_refs) as shown (question_ref) -- noqa: AL05
    where
        heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
        -- A block comes round once in a while, and its answer stands; what everybody is asked
        -- each time is as they said it last.
        and (heard.is_latest or shown.question_ref != 'felt_respected')

)

select
    question_ref,
    answer,
    count(distinct voter_key) filter (where is_window) as voter_count,
    list_sort(coalesce(list(distinct response_id) filter (where is_window), [])) as response_ids,
    count(distinct voter_key) filter (where is_before) as before_count,
    count(distinct voter_key) as ever_count,
    list_sort(list(distinct response_id)) as ever_ids,
    count(distinct voter_key) filter (where is_week) as week_count,
    list_sort(coalesce(list(distinct response_id) filter (where is_week), [])) as week_ids
from said
group by grouping sets ((question_ref), (question_ref, answer))
order by question_ref, answer nulls first
