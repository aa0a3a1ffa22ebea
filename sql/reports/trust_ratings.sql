-- One row per period, question and side (left: lost or cancelled; stayed: won or current): how many
-- voters were shown and gave a rating of us, its mean from 1 to 5, and who rated high (4 or more)
-- and low (2 or less). Colleagues of one decision count as one, with the mean of what they say.
with counted as (

    select
        trust.*,
        heard.voter_key,
        periods.period,
        case
            when heard.form_kind in ('lost_deal', 'cancellation') then 'left' else 'stayed'
        end as side
    from marts.trust
    inner join marts.heard using (response_key)
    inner join (values ('window'), ('all')) as periods (period)
        on
            periods.period = 'all' and heard.counted_on is not null
            or heard.counted_on between $from and $to
    where
        heard.is_latest
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)

),

rated as (

    select
        period,
        side,
        voter_key,
        response_id,
        shown_refs,
        unnest([
            { 'question_ref': 'ability', 'rating': ability },
            { 'question_ref': 'commitment', 'rating': commitment },
            { 'question_ref': 'trust_business', 'rating': trust_business },
            { 'question_ref': 'trust_products', 'rating': trust_products },
            { 'question_ref': 'trust_politics', 'rating': trust_politics },
            { 'question_ref': 'trust_together', 'rating': trust_together }
        ], recursive := true)
    from counted

),

votes as (

    select
        period,
        question_ref,
        side,
        voter_key,
        avg(rating) as rating,
        list(response_id) filter (where rating is not null) as response_ids,
        list(response_id) filter (where rating >= 4) as high_ids,
        list(response_id) filter (where rating <= 2) as low_ids
    from rated
    where list_contains(shown_refs, question_ref)
    group by period, question_ref, side, voter_key

)

select
    period,
    question_ref,
    side,
    count(*) as shown_count,
    count(rating) as voter_count,
    avg(rating) as mean,
    coalesce(list_sort(flatten(list(response_ids) filter (where rating is not null))), [])
        as response_ids,
    coalesce(list_sort(flatten(list(high_ids) filter (where high_ids is not null))), [])
        as high_ids,
    coalesce(list_sort(flatten(list(low_ids) filter (where low_ids is not null))), [])
        as low_ids
from votes
group by period, question_ref, side
order by period, question_ref, side
