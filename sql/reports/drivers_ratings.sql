-- One row per decision and criterion rated about it, the mean of its respondents: us, the supplier
-- they chose, and the gap of those who rated both; null where left open. Of decisions whose survey
-- closed by the end of the window; whether it closed in the window stands beside.
with asked as (

    select
        heard.voter_key,
        heard.response_id,
        heard.decision_kind = 'won' as is_won,
        heard.counted_on >= $from as is_window,
        regexp_extract(answers.question_ref, '^rate_(.*?)(_chosen)?$', 1) as criterion,
        max(answers.number_value) filter (where not suffix(answers.question_ref, '_chosen')) as us,
        max(answers.number_value) filter (where suffix(answers.question_ref, '_chosen')) as chosen
    from marts.answers
    inner join marts.heard using (response_key)
    where
        answers.question_ref similar to 'rate_(value|product|people|service)(_chosen)?'
        and heard.vote_key is not null
        and heard.counted_on <= $to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    group by all

)

select
    voter_key,
    criterion,
    is_won,
    is_window,
    avg(us) as us,
    avg(chosen) as chosen,
    avg(us - chosen) as gap,
    list_sort(list(distinct response_id)) as response_ids
from asked
group by voter_key, criterion, is_won, is_window
order by criterion, voter_key
