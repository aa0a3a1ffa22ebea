-- One row per pair of answers, would they stand up for us and would we for them, on a scale from 1
-- to 5, by the latest pulse that asked; of colleagues of one decision the lower of each counts.
with said as (

    select
        periods.period,
        heard.voter_key,
        heard.response_id,
        loyalty.stands_up_for_us,
        loyalty.we_stand_up
    from marts.loyalty
    inner join marts.heard using (response_key)
    inner join (values ('window'), ('all')) as periods (period)
        on
            periods.period = 'all' and heard.counted_on is not null
            or heard.counted_on between $from and $to
    where
        list_contains(loyalty.shown_refs, 'stands_up_for_us')
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    qualify
        marts.stands(
            heard.form_kind, periods.period, null, heard.voter_key, heard.submitted_at,
            heard.response_key
        )

),

votes as (

    select
        period,
        voter_key,
        min(stands_up_for_us) as stands_up_for_us,
        min(we_stand_up) as we_stand_up,
        list(response_id) as response_ids
    from said
    group by period, voter_key

)

select
    period,
    stands_up_for_us,
    we_stand_up,
    count(*) as voter_count,
    list_sort(list_distinct(flatten(list(response_ids)))) as response_ids
from votes
group by period, stands_up_for_us, we_stand_up
order by all
