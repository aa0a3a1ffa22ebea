-- One row per attitude and behaviour, and the same account's before: how many current customers
-- stand there, among those whose latest pulse asked it. Null where too little was answered to say.
select
    periods.period,
    loyalty.attitude,
    loyalty.behaviour,
    loyalty.previous_attitude,
    loyalty.previous_behaviour,
    count(distinct heard.voter_key) as voter_count,
    list_sort(list(distinct heard.response_id)) as response_ids
from marts.loyalty
inner join marts.heard using (response_key)
inner join (values ('window'), ('all')) as periods (period)
    on periods.period = 'all' or heard.counted_on between $from and $to
where
    heard.form_kind = 'pulse'
    and heard.is_latest
    and list_contains(loyalty.shown_refs, 'recommend')
    and coalesce(loyalty.is_current, true)
    and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
    and heard.submitted_at <= $as_of
    and heard.fetched_at <= $as_of
    and ($team::varchar is null or heard.team = $team)
group by all
order by all
