-- One row per question about our promises, answer, how it went and time counted over (the window,
-- or ever); `answer` is null where nobody of them gave one. An account speaks by the latest pulse
-- that asked. Colleagues who differ count on the side that warns, the first in the question's list;
-- `split_count` are such decisions. What may be ticked together counts as all of them ticked it.
-- Needs the work file.
with timed as (

    select
        heard.response_key,
        heard.response_id,
        heard.voter_key,
        heard.form_kind,
        heard.submitted_at,
        coalesce(heard.decision_kind, 'customer') as went,
        unnest(list_filter(
            [case when heard.counted_on between $from and $to then 'window' end, 'ever'],
            lambda each: each is not null
        )) as scope
    from marts.heard
    where
        heard.submitted_at <= $as_of
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)

),

given as (

    select
        response_key,
        shown_refs,
        answered_refs,
        unnest([
            {
                'question_ref': 'failure_cost',
                'answers': [failure_cost],
                'warnings': ['nothing', 'apology', 'dont_know', 'money_back']
            },
            {
                'question_ref': 'guarantee_tests',
                'answers': guarantee_tests,
                'warnings': null
            },
            {
                'question_ref': 'top_stands',
                'answers': [top_stands],
                'warnings': ['no', 'dont_know', 'yes']
            },
            {
                'question_ref': 'risk_bearer',
                'answers': [risk_bearer],
                'warnings': ['customer', 'shared', 'supplier']
            },
            {
                'question_ref': 'eagerness',
                'answers': [
                    case
                        when eagerness <= 2 then 'too_distant'
                        when eagerness <= 3 then 'about_right'
                        when eagerness > 3 then 'too_eager'
                    end
                ],
                'warnings': ['too_eager', 'too_distant', 'about_right']
            },
            {
                'question_ref': 'said_no_fit',
                'answers': [if(said_no_fit, 'yes', if(said_no_fit is null, null, 'no'))],
                'warnings': ['no', 'yes']
            },
            {
                'question_ref': 'handover_gap',
                'answers': [handover_gap],
                'warnings': ['worse', 'as_told', 'better']
            },
            {
                'question_ref': 'post_sale_care',
                'answers': [
                    case
                        when post_sale_care <= 2 then 'little'
                        when post_sale_care <= 3 then 'some'
                        when post_sale_care > 3 then 'much'
                    end
                ],
                'warnings': ['little', 'some', 'much']
            },
            {
                'question_ref': 'on_time',
                'answers': [if(on_time, 'yes', if(on_time is null, null, 'no'))],
                'warnings': ['no', 'yes']
            },
            { 'question_ref': 'doubted_promise', 'answers': null, 'warnings': null },
            { 'question_ref': 'missing_proof', 'answers': null, 'warnings': null },
            { 'question_ref': 'told_and_got', 'answers': null, 'warnings': null }
        ]) as asked
    from marts.promise_views

),

answered as (

    select
        timed.*,
        given.asked.question_ref,
        -- Words have no choices: that somebody wrote any is the answer.
        case
            when given.asked.answers is not null
                then list_filter(given.asked.answers, lambda each: each is not null)
            when list_contains(given.answered_refs, given.asked.question_ref) then ['written']
            else []
        end as answers,
        given.asked.warnings
    from timed
    inner join given using (response_key)
    where list_contains(given.shown_refs, given.asked.question_ref)
    qualify
        marts.stands(
            timed.form_kind, timed.scope, given.asked.question_ref, timed.voter_key,
            timed.submitted_at, timed.response_key
        )

),

voters as (

    select
        scope,
        question_ref,
        went,
        voter_key,
        any_value(warnings) as warnings,
        list_distinct(flatten(list(answers))) as answers,
        list(distinct response_id) filter (where len(answers) > 0) as response_ids
    from answered
    group by scope, question_ref, went, voter_key

),

totals as (

    select
        scope,
        question_ref,
        went,
        count(*) as shown_count,
        count(*) filter (where len(answers) > 0) as answered_count,
        count(*) filter (where warnings is not null and len(answers) > 1) as split_count
    from voters
    group by all

),

chosen as (

    select
        scope,
        question_ref,
        went,
        response_ids,
        unnest(case
            when warnings is null or len(answers) < 2 then answers
            else
                list_concat(
                    list_filter(warnings, lambda each: list_contains(answers, each)), answers
                )[:1]
        end) as answer
    from voters

),

counted as (

    select
        scope,
        question_ref,
        went,
        answer,
        count(*) as voter_count,
        list_sort(list_distinct(flatten(list(response_ids)))) as response_ids
    from chosen
    group by all

)

select
    totals.scope,
    totals.question_ref,
    totals.went,
    counted.answer,
    coalesce(counted.voter_count, 0) as voter_count,
    totals.answered_count,
    totals.shown_count,
    totals.split_count,
    coalesce(counted.response_ids, []) as response_ids
from totals
left join counted using (scope, question_ref, went)
order by totals.scope, totals.question_ref, totals.went, counted.answer
