-- One row per question about respect and what was answered, and one per question alone (answer
-- null): how many customers, over the window and the one before, since the beginning, in the week.
-- An account speaks by the latest pulse that asked. Colleagues who differ count once, on the side
-- that warns, and over every topic that one of them names.
-- Needs the work file.
with said as (

    select
        periods.period,
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
        case
            when answer = 'left_open' then 0
            when
                answer = if(shown.question_ref = 'felt_respected', 'yes', 'no') or answer = 'never'
                then 1
            else 2
        end as warning
    from marts.respect
    inner join marts.heard using (response_key)
    cross join unnest(respect.shown_refs) as shown (question_ref) -- noqa: AL05
    inner join (values ('window'), ('before'), ('ever'), ('week')) as periods (period)
        on case periods.period
            when 'window' then coalesce(heard.counted_on between $from and $to, false)
            when 'before'
                then
                    coalesce(
                        heard.counted_on < $from
                        and heard.counted_on >= $from - cast($to - $from + 1 as integer),
                        false
                    )
            when 'week'
                then
                    cast(timezone($zone, heard.submitted_at) as date)
                    between $week_from and $week_to
            else true
        end
    where
        cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    qualify
        marts.stands(
            heard.form_kind, periods.period, shown.question_ref, heard.voter_key,
            heard.submitted_at, heard.response_key
        )

),

warned as (

    select *
    from said
    qualify warning = max(warning) over (partition by period, question_ref, voter_key)

)

select
    question_ref,
    answer,
    count(distinct voter_key) filter (where period = 'window') as voter_count,
    list_sort(coalesce(list(distinct response_id) filter (where period = 'window'), []))
        as response_ids,
    count(distinct voter_key) filter (where period = 'before') as before_count,
    count(distinct voter_key) filter (where period = 'ever') as ever_count,
    list_sort(coalesce(list(distinct response_id) filter (where period = 'ever'), []))
        as ever_ids,
    count(distinct voter_key) filter (where period = 'week') as week_count,
    list_sort(coalesce(list(distinct response_id) filter (where period = 'week'), []))
        as week_ids
from warned
group by grouping sets ((question_ref), (question_ref, answer))
order by question_ref, answer nulls first
