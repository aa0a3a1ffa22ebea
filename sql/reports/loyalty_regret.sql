-- One row per period: those who left and would not surely do so again, none of several people
-- of one decision saying that they would; how long after the decision they said it, and their
-- names where they allow it, with their ids in the same order.
-- Needs the work file.
with asked as (

    select
        periods.period,
        heard.voter_key,
        heard.response_id,
        loyalty.same_again,
        loyalty.days_since,
        case
            when heard.may_see and accounts.account_name is not null
                then [accounts.account_name, accounts.account_id]
        end as named
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
        and loyalty.same_again in ('yes', 'unsure', 'no')
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)

),

regretting as (

    select *
    from asked
    qualify bool_and(same_again != 'yes') over (partition by period, voter_key)

)

select
    period,
    count(distinct voter_key) as voter_count,
    min(days_since) as days_least,
    cast(median(days_since) as integer) as days_median,
    max(days_since) as days_most,
    list_transform(
        list_sort(coalesce(list(distinct named) filter (where named is not null), [])),
        lambda each: each[1]
    ) as account_names,
    list_transform(
        list_sort(coalesce(list(distinct named) filter (where named is not null), [])),
        lambda each: each[2]
    ) as account_ids,
    list_sort(list(distinct response_id)) as response_ids
from regretting
group by period
order by period
