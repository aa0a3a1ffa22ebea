-- One row per period, question and side (left: lost or cancelled; stayed: won or current): how many
-- voters were shown and gave a rating of us, its mean from 1 to 5, and who rated high (4 or more)
-- and low (2 or less). An account speaks by the latest pulse that asked; of colleagues of one
-- decision the lower rating counts.
-- Needs the work file.
with counted as (

    select
        trust.*,
        heard.voter_key,
        heard.form_kind,
        heard.submitted_at,
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
        cast(timezone($zone, heard.submitted_at) as date) <= $week_to
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
        response_key,
        form_kind,
        submitted_at,
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

last_word as (

    select *
    from rated
    where list_contains(shown_refs, question_ref)
    qualify
        marts.stands(form_kind, period, question_ref, voter_key, submitted_at, response_key)

),

votes as (

    select
        period,
        question_ref,
        side,
        voter_key,
        min(rating) as rating,
        list(response_id) filter (where rating is not null) as response_ids,
        list(response_id) filter (where rating >= 4) as high_ids,
        list(response_id) filter (where rating <= 2) as low_ids
    from last_word
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
