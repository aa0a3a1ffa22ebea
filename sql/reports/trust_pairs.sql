-- One row per period and pair of ratings by the same respondents who lost or left us: each of the
-- four for us and for the supplier they chose, and whether we were able and committed. Who rated
-- one side alone is no pair. Of colleagues of one decision the pair counts that is worst for us.
with counted as (

    select
        trust.*,
        heard.voter_key,
        periods.period
    from marts.trust
    inner join marts.heard using (response_key)
    inner join (values ('window'), ('all')) as periods (period)
        on
            periods.period = 'all' and heard.counted_on is not null
            or heard.counted_on between $from and $to
    where
        heard.form_kind in ('lost_deal', 'cancellation')
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)

),

paired as (

    select
        period,
        voter_key,
        response_id,
        shown_refs,
        unnest([
            {
                'question_ref': 'trust_business',
                'ours': trust_business,
                'theirs': trust_business_chosen
            },
            {
                'question_ref': 'trust_products',
                'ours': trust_products,
                'theirs': trust_products_chosen
            },
            {
                'question_ref': 'trust_politics',
                'ours': trust_politics,
                'theirs': trust_politics_chosen
            },
            {
                'question_ref': 'trust_together',
                'ours': trust_together,
                'theirs': trust_together_chosen
            },
            { 'question_ref': 'commitment', 'ours': commitment, 'theirs': ability }
        ], recursive := true)
    from counted

),

votes as (

    select
        period,
        question_ref,
        voter_key,
        arg_min(ours, (ours - theirs, ours)) filter (where ours - theirs is not null) as ours,
        arg_min(theirs, (ours - theirs, ours)) filter (where ours - theirs is not null) as theirs,
        list(response_id) filter (where ours is not null and theirs is not null) as response_ids
    from paired
    where list_contains(shown_refs, question_ref)
    group by period, question_ref, voter_key

)

select
    period,
    question_ref,
    count(*) as shown_count,
    count(ours) as voter_count,
    avg(ours) as ours_mean,
    avg(theirs) as theirs_mean,
    coalesce(list(ours - theirs order by ours - theirs) filter (where ours is not null), [])
        as gaps,
    coalesce(list_sort(flatten(list(response_ids) filter (where ours is not null))), [])
        as response_ids
from votes
group by period, question_ref
order by period, question_ref
