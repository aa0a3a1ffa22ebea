-- One row per question, group and answer: how many voters gave it. Among current customers (the
-- latest pulse that asked) whether they would move, by whether they are satisfied, and what they
-- would miss; among those who left whether they were satisfied, what they miss, and how they like
-- it there. `open` was shown and left empty. Colleagues who differ count on the side that warns,
-- the first in the question's list; `split_count` of the voters are such decisions. Periods: week
-- (submitted in it), window (of rates), before (the window before), all (since the beginning).
-- Needs the work file.
with counted as (

    select
        loyalty.*,
        heard.voter_key,
        heard.form_kind,
        heard.submitted_at,
        periods.period,
        case when heard.form_kind = 'pulse' then 'current' else 'left' end as side
    from marts.loyalty
    inner join marts.heard using (response_key)
    inner join (
        values ('week'), ('window'), ('before'), ('all')
    ) as periods (period)
        on
            case periods.period
                when 'week'
                    then
                        cast(timezone($zone, heard.submitted_at) as date)
                        between $week_from and $week_to
                when 'window' then heard.counted_on between $from and $to
                when 'before'
                    then
                        heard.counted_on
                        between $from - cast($to - $from + 1 as integer) and $from - 1
                else heard.counted_on is not null
            end
    where
        (heard.form_kind = 'pulse' or heard.is_defection)
        and coalesce(loyalty.is_current, true)
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)

),

answered as (

    select
        period,
        voter_key,
        response_id,
        response_key,
        form_kind,
        submitted_at,
        shown_refs,
        unnest([
            {
                'question_ref': 'would_move',
                'among': case
                    when form_kind != 'pulse' or not list_contains(shown_refs, 'satisfaction')
                        then null
                    when is_satisfied then 'satisfied'
                    when not is_satisfied then 'dissatisfied'
                    else 'open'
                end,
                'value': would_move,
                'warnings': ['yes', 'maybe', 'no']
            },
            {
                'question_ref': 'satisfaction',
                'among': case form_kind when 'cancellation' then 'cancelled' end,
                'value': case when is_satisfied then 'yes' when not is_satisfied then 'no' end,
                'warnings': ['no', 'yes']
            },
            {
                'question_ref': 'miss_most',
                'among': side,
                'value': miss_most,
                'warnings': ['nothing', 'person', 'product', 'firm']
            },
            {
                'question_ref': 'satisfaction_chosen',
                'among': side,
                'value': case
                    when is_satisfied_chosen then 'yes'
                    when not is_satisfied_chosen then 'no'
                end,
                'warnings': ['yes', 'no']
            },
            {
                'question_ref': 'same_again',
                'among': side,
                'value': same_again,
                'warnings': ['yes', 'unsure', 'no']
            }
        ], recursive := true)
    from counted

),

last_word as (

    select *
    from answered
    where among is not null and list_contains(shown_refs, question_ref)
    qualify
        marts.stands(form_kind, period, question_ref, voter_key, submitted_at, response_key)

),

votes as (

    select
        period,
        question_ref,
        voter_key,
        min(among) as among,
        coalesce(arg_min(value, coalesce(list_position(warnings, value), 99)), 'open') as value,
        count(distinct value) > 1 as is_split,
        list(response_id) as response_ids
    from last_word
    group by period, question_ref, voter_key, form_kind

)

select
    period,
    question_ref,
    among,
    value,
    count(*) as voter_count,
    count(*) filter (where is_split) as split_count,
    list_sort(list_distinct(flatten(list(response_ids)))) as response_ids
from votes
group by period, question_ref, among, value
order by period, question_ref, among, value
