-- One row per question, group and answer: how many voters gave it. Groups: lost, cancelled, won,
-- current (by their latest pulse). `open` was shown and left empty; `split` are decisions
-- whose respondents disagree, but a needless question asked of one of them was asked. Periods: week
-- (submitted in it), window (of rates), before (the window before), all (since the beginning).
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
        (heard.is_latest or periods.period = 'before')
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
        form_kind,
        submitted_at,
        shown_refs,
        among,
        unnest([
            { 'question_ref': 'tested_passed', 'value': tested_passed },
            { 'question_ref': 'ammunition', 'value': ammunition },
            {
                'question_ref': 'needless_question',
                'value': case when has_needless_question then 'yes' else 'open' end
            },
            {
                'question_ref': 'advised_against',
                'value': case when advised_against then 'yes' when not advised_against then 'no' end
            }
        ], recursive := true)
    from counted

),

votes as (

    select
        period,
        question_ref,
        among,
        voter_key,
        case
            when form_kind = 'pulse' then max_by(coalesce(value, 'open'), submitted_at)
            when question_ref = 'needless_question' then max(value)
            when count(distinct value) > 1 then 'split'
            else coalesce(max(value), 'open')
        end as value,
        list(response_id) as response_ids
    from answered
    where list_contains(shown_refs, question_ref)
    group by period, question_ref, among, voter_key, form_kind

)

select
    period,
    question_ref,
    among,
    value,
    count(*) as voter_count,
    list_sort(list_distinct(flatten(list(response_ids)))) as response_ids
from votes
group by period, question_ref, among, value
order by period, question_ref, among, value
