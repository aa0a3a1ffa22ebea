-- One row per period: those who left and would not surely do so again, how long after the decision
-- they said it, and their names where they allow it. Who is named here is not quoted unnamed.
with regretting as (

    select
        periods.period,
        heard.voter_key,
        heard.response_id,
        loyalty.days_since,
        case when heard.may_see then accounts.account_name end as account_name,
        not heard.may_see or responses.may_quote = 'named' as is_quotable
    from marts.loyalty
    inner join marts.heard using (response_key)
    inner join marts.responses using (response_key)
    left join marts.accounts on heard.account_id = accounts.account_id
    inner join (values ('window'), ('all')) as periods (period)
        on
            periods.period = 'all' and heard.counted_on is not null
            or heard.counted_on between $from and $to
    where
        heard.is_defection
        and loyalty.same_again in ('unsure', 'no')
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)

)

select
    period,
    count(distinct voter_key) as voter_count,
    min(days_since) as days_least,
    cast(median(days_since) as integer) as days_median,
    max(days_since) as days_most,
    coalesce(
        list_sort(list(distinct account_name) filter (where account_name is not null)), []
    ) as account_names,
    list_sort(list(distinct response_id)) as response_ids,
    coalesce(list_sort(list(distinct response_id) filter (where is_quotable)), [])
        as quotable_ids
from regretting
group by period
order by period
