-- One row per reason: how many defections heard named it, among those whose survey closed in the
-- window. A row without a reason counts those heard whose words carry none we could name.
with heard as (

    select
        *,
        is_theirs and reason is not null as is_vote
    from marts.drivers
    where
        closes_on between $from and $to
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
    where reason is not null

    union all by name

    select distinct on (heard.vote_key, heard.response_id)
        heard.* exclude (reason, label, is_vote),
        null as reason,
        true as is_vote
    from heard
    left join voters using (vote_key)
    where voters.vote_key is null

)

select
    named.reason,
    named.label,
    count(distinct vote_key) filter (where is_vote) as decision_count,
    count(distinct vote_key) filter (where is_vote and is_primary) as primary_count,
    count(distinct vote_key) filter (where source = 'written') as written_count,
    count(distinct vote_key) filter (where source = 'chosen') as chosen_count,
    count(distinct vote_key) filter (where source = 'decisive') as decisive_count,
    everyone.heard_count,
    list_sort(list(distinct response_id) filter (where is_vote)) as response_ids,
    list_sort(list(distinct response_id) filter (where is_vote and is_primary)) as primary_ids,
    list_sort(list(distinct response_id) filter (where source = 'written')) as written_ids,
    list_sort(list(distinct response_id) filter (where source = 'chosen')) as chosen_ids,
    list_sort(list(distinct response_id) filter (where source = 'decisive')) as decisive_ids
from named
cross join everyone
group by all
order by decision_count desc, primary_count desc, named.reason
