-- Every cancellation somebody told us about; its days only where the respondent allows it. Whether
-- it could be stopped may hang on words alone: where those have no name, only what was ticked.
with ticked as (

    select
        vote_key,
        bool_or(responses.may_quote = 'unnamed') as has_unnamed,
        coalesce(bool_or(answers.choice_refs = ['yes']), false)
        or coalesce(bool_and(answers.choice_refs = ['no']), false) as is_decisive
    from work.marts.responses
    inner join work.marts.decisions using (vote_key)
    left join work.marts.answers
        on
            responses.response_key = answers.response_key
            and answers.question_ref = 'decisive'
            and answers.choice_refs is not null
    where responses.retaken_count = decisions.retaken_count
    group by vote_key

)

select
    vote_key,
    case when may_see then decision_id end as decision_id,
    shown_links,
    answered_links,
    broken_links,
    broken_link,
    case when may_see then first_doubt_on end as first_doubt_on,
    case when may_see then told_us_on end as told_us_on,
    case when may_see then we_asked_on end as we_asked_on,
    case when may_see then decided_inside_on end as decided_inside_on,
    case when may_see then decided_on end as decided_on,
    has_told,
    we_asked,
    case when may_see then warning_days end as warning_days,
    case when may_see then silent_days end as silent_days,
    case when ticked.is_decisive or not ticked.has_unnamed then is_reversible end
        as is_reversible,
    may_see,
    marts.veiled(departures.submitted_at, departures.may_see, heard.counted_on, last_run.as_of)
        as submitted_at,
    marts.veiled(departures.fetched_at, departures.may_see, heard.counted_on, last_run.as_of)
        as fetched_at
from work.marts.departures
inner join ticked using (vote_key)
inner join (
    select
        vote_key,
        max(counted_on) as counted_on
    from work.marts.heard
    group by vote_key
) as heard using (vote_key)
cross join (select max(as_of) as as_of from work.ops.runs) as last_run
order by vote_key
