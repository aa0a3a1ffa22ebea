-- Which current customers gave signs of leaving in the last half year, and which signs?
with latest as (

    select
        account_id,
        max_by(response_key, submitted_at) as response_key,
        max(submitted_at) as submitted_at
    from marts.responses
    where form_kind = 'pulse' and account_id is not null
    group by account_id

),

recent as (

    select *
    from latest
    qualify submitted_at > max(submitted_at) over () - interval 180 day

)

select
    accounts.account_name,
    count(distinct warnings.sign) as sign_count,
    list_sort(list(distinct warnings.sign)) as signs,
    min(warnings.since_on) as since_on
from marts.warnings
inner join marts.accounts using (account_id)
left join recent using (account_id)
where
    accounts.is_current
    and warnings.until_on is null
    and (warnings.response_key is null or warnings.response_key = recent.response_key)
group by accounts.account_name
order by sign_count desc, since_on, accounts.account_name
limit 50;
