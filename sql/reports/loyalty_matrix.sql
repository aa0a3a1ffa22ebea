-- One row per attitude and behaviour, and the same account's before: how many current customers
-- stand there, by the latest pulse that asked it. Null where too little was answered to say.
-- Needs the work file.
with placed as (

    select
        periods.period,
        heard.voter_key,
        heard.response_id,
        loyalty.attitude,
        loyalty.behaviour,
        loyalty.previous_attitude,
        loyalty.previous_behaviour
    from marts.loyalty
    inner join marts.heard using (response_key)
    inner join (values ('window'), ('all')) as periods (period)
        on periods.period = 'all' or heard.counted_on between $from and $to
    where
        heard.form_kind = 'pulse'
        and list_contains(loyalty.shown_refs, 'recommend')
        and coalesce(loyalty.is_current, true)
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    qualify
        marts.stands(
            heard.form_kind, periods.period, null, heard.voter_key, heard.submitted_at,
            heard.response_key
        )

)

select
    period,
    attitude,
    behaviour,
    previous_attitude,
    previous_behaviour,
    count(distinct voter_key) as voter_count,
    list_sort(list(distinct response_id)) as response_ids
from placed
group by all
order by all
