-- One row per question about our promises, answer, how it went and time counted over (the window,
-- or ever); `answer` is null where nobody of them gave one.
with timed as (

    select
        heard.response_key,
        heard.response_id,
        heard.voter_key,
        coalesce(heard.decision_kind, 'customer') as went,
        unnest(list_filter(
            [case when heard.counted_on between $from and $to then 'window' end, 'ever'],
            lambda each: each is not null
        )) as scope
    from marts.heard
    where
        heard.is_latest
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)

),

given as (

    select
        response_key,
        shown_refs,
        answered_refs,
        unnest([
            { 'question_ref': 'failure_cost', 'answers': [failure_cost] },
            { 'question_ref': 'guarantee_tests', 'answers': guarantee_tests },
            { 'question_ref': 'top_stands', 'answers': [top_stands] },
            { 'question_ref': 'risk_bearer', 'answers': [risk_bearer] },
            {
                'question_ref': 'eagerness',
                'answers': [
                    case
                        when eagerness <= 2 then 'too_distant'
                        when eagerness <= 3 then 'about_right'
                        when eagerness > 3 then 'too_eager'
                    end
                ]
            },
            {
                'question_ref': 'said_no_fit',
                'answers': [if(said_no_fit, 'yes', if(said_no_fit is null, null, 'no'))]
            },
            { 'question_ref': 'handover_gap', 'answers': [handover_gap] },
            {
                'question_ref': 'post_sale_care',
                'answers': [
                    case
                        when post_sale_care <= 2 then 'little'
                        when post_sale_care <= 3 then 'some'
                        when post_sale_care > 3 then 'much'
                    end
                ]
            },
            {
                'question_ref': 'on_time',
                'answers': [if(on_time, 'yes', if(on_time is null, null, 'no'))]
            },
            { 'question_ref': 'doubted_promise', 'answers': null },
            { 'question_ref': 'missing_proof', 'answers': null },
            { 'question_ref': 'told_and_got', 'answers': null }
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
        end as answers
    from timed
    inner join given using (response_key)
    where list_contains(given.shown_refs, given.asked.question_ref)

),

totals as (

    select
        scope,
        question_ref,
        went,
        count(distinct voter_key) as shown_count,
        count(distinct voter_key) filter (where len(answers) > 0) as answered_count
    from answered
    group by all

),

chosen as (

    select
        scope,
        question_ref,
        went,
        voter_key,
        response_id,
        unnest(answers) as answer
    from answered

),

counted as (

    select
        scope,
        question_ref,
        went,
        answer,
        count(distinct voter_key) as voter_count,
        list_sort(list(distinct response_id)) as response_ids
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
    coalesce(counted.response_ids, []) as response_ids
from totals
left join counted using (scope, question_ref, went)
order by totals.scope, totals.question_ref, totals.went, counted.answer
