-- One row per kind of decision, in the window and since the beginning: whom our conversations were
-- mostly about, 1 about us to 5 about the customer; one decision one vote, the mean of its voices.
with shown as (

    select
        heard.voter_key,
        heard.decision_kind,
        heard.response_id,
        heard.counted_on between $from and $to as is_in_window,
        answers.number_value
    from marts.answers
    inner join marts.heard using (response_key)
    where
        answers.question_ref = 'about_whom'
        and heard.decision_kind in ('won', 'lost', 'cancelled')
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)

),

periods as (

    select
        *,
        true as is_window
    from shown
    where is_in_window

    union all by name

    select
        *,
        false as is_window
    from shown

),

votes as (

    select
        is_window,
        decision_kind,
        voter_key,
        avg(number_value) as rating,
        list_sort(list(response_id) filter (where number_value is not null)) as response_ids
    from periods
    group by is_window, decision_kind, voter_key

)

select
    is_window,
    decision_kind,
    count(*) as shown_count,
    count(rating) as answered_count,
    count(*) filter (where rating <= 2) as about_us_count,
    count(*) filter (where rating >= 4) as about_them_count,
    avg(rating) as mean,
    list_sort(flatten(list(response_ids) filter (where rating is not null))) as response_ids,
    list_sort(flatten(list(response_ids) filter (where rating <= 2))) as about_us_ids,
    list_sort(flatten(list(response_ids) filter (where rating >= 4))) as about_them_ids
from votes
group by is_window, decision_kind
order by is_window desc, decision_kind desc
