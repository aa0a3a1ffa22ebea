-- One row per reason: how many defections heard in the week named it. A row without a reason
-- counts those heard whose words carry none we could name.
-- Needs the work file.
with heard as (

    select
        *,
        is_theirs and reason is not null as is_vote
    from marts.drivers
    where
        cast(timezone($zone, submitted_at) as date) between $week_from and $week_to
        and submitted_at <= $as_of
        and fetched_at <= $as_of
        and ($team::varchar is null or team = $team)

),

voters as (

    select distinct vote_key
    from heard
    where is_vote

),

everyone as (

    select count(distinct vote_key) as heard_count
    from heard

),

named as (

    select *
    from heard
    where is_vote

    union all by name

    select
        heard.* exclude (reason, label),
        null as reason
    from heard
    left join voters using (vote_key)
    where voters.vote_key is null

)

select
    named.reason,
    named.label,
    count(distinct vote_key) as decision_count,
    count(distinct vote_key) filter (where is_primary) as primary_count,
    everyone.heard_count,
    list_sort(list(distinct response_id)) as response_ids
from named
cross join everyone
group by all
order by decision_count desc, primary_count desc, named.reason
