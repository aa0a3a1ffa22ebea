-- One row per conviction of the seller that we would defend this customer (low 1 to 2, middle 3,
-- high 4 to 5) and rung on which the customer of the same decision stands: how many decisions.
-- Where colleagues differ, the lower rung counts, and the latest word that the seller gave before
-- any of them answered.
-- Needs the work file.
with rungs as (

    select
        heard.decision_id,
        heard.vote_key,
        min(heard.submitted_at) as answered_at,
        min(nullif(
            list_position(['disappoint', 'deliver', 'delight', 'defend'], ladder.ladder_rung), 0
        )) as place
    from marts.ladder
    inner join marts.heard using (response_key)
    where
        heard.counted_on <= $to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    group by heard.decision_id, heard.vote_key

),

convictions as (

    select
        answers.decision_id,
        arg_max(answers.number_value, answers.submitted_at) as conviction
    from marts.answers
    inner join marts.responses using (response_key)
    inner join rungs
        on
            answers.decision_id = rungs.decision_id
            and answers.submitted_at < rungs.answered_at
    where
        answers.form_kind = 'seller'
        and answers.question_ref = 'conviction'
        and answers.number_value is not null
        and answers.submitted_at <= $as_of
        and responses.fetched_at <= $as_of
    group by answers.decision_id

)

select
    case
        when convictions.conviction <= 2 then 'low'
        when convictions.conviction < 4 then 'middle'
        else 'high'
    end as conviction,
    case
        when rungs.place = 1 then 'disappoint'
        when rungs.place = 2 then 'deliver'
        else 'beyond'
    end as ladder_rung,
    count(*) as decision_count
from convictions
inner join rungs using (decision_id)
where rungs.place is not null
group by all
order by conviction, ladder_rung
