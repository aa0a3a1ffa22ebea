-- One row per question, group and answer: how many voters gave it. Groups: lost, cancelled, won,
-- current (by the latest pulse that asked). `open` was shown and left empty. Colleagues who differ
-- count on the side that warns, the first in the question's list; `split_count` of the voters are
-- such decisions. Periods: week (submitted in it), window (of rates), before (the window before),
-- all (since the beginning).
-- Needs the work file.
with counted as (

    select
        trust.*,
        heard.voter_key,
        heard.form_kind,
        heard.submitted_at,
        periods.period,
        case heard.form_kind
            when 'lost_deal' then 'lost'
            when 'cancellation' then 'cancelled'
            when 'won_deal' then 'won'
            else 'current'
        end as among
    from marts.trust
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
        cast(timezone($zone, heard.submitted_at) as date) <= $week_to
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
        among,
        unnest([
            {
                'question_ref': 'tested_passed',
                'value': tested_passed,
                'warnings': ['no', 'never', 'yes']
            },
            {
                'question_ref': 'ammunition',
                'value': ammunition,
                'warnings': ['no', 'partly', 'alone', 'yes']
            },
            {
                'question_ref': 'needless_question',
                'value': case when has_needless_question then 'yes' end,
                'warnings': ['yes']
            },
            {
                'question_ref': 'advised_against',
                'value': case
                    when advised_against then 'yes' when not advised_against then 'no'
                end,
                'warnings': ['no', 'yes']
            }
        ], recursive := true)
    from counted

),

last_word as (

    select *
    from answered
    where list_contains(shown_refs, question_ref)
    qualify
        marts.stands(form_kind, period, question_ref, voter_key, submitted_at, response_key)

),

votes as (

    select
        period,
        question_ref,
        among,
        voter_key,
        coalesce(arg_min(value, coalesce(list_position(warnings, value), 99)), 'open') as value,
        count(distinct value) > 1 as is_split,
        list(response_id) as response_ids
    from last_word
    group by period, question_ref, among, voter_key, form_kind

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
