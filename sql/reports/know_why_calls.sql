-- One row per reason that we had logged or they gave as a main one, for defections whose survey
-- closed in the window and where both spoke: how often we said it, they said it, and both.
-- Needs the work file.
with pairs as (

    select
        vote_key,
        seller_reason,
        seller_label,
        reason,
        label,
        response_id
    from marts.know_why
    where
        is_primary
        and marts.stood(true, seller_reason, recorded_at, fetched_at, superseded_at, $as_of)
        and closes_on between $from and $to
        and submitted_at <= $as_of
        and ($team::varchar is null or team = $team)

),

said as (

    select
        vote_key,
        seller_reason as reason,
        seller_label as label,
        true as is_ours
    from pairs

    union

    select
        vote_key,
        reason,
        label,
        false as is_ours
    from pairs

),

called as (

    select
        vote_key,
        reason,
        max(label) as label,
        bool_or(is_ours) as by_us,
        bool_or(not is_ours) as by_them
    from said
    group by vote_key, reason

),

speakers as (

    select
        vote_key,
        list_sort(list(distinct response_id)) as response_ids
    from pairs
    group by vote_key

),

everyone as (

    select count(*) as compared_count
    from speakers

),

namers as (

    select
        vote_key,
        reason,
        list_sort(list(distinct response_id)) as response_ids
    from pairs
    group by vote_key, reason

)

select
    called.reason,
    max(called.label) as label,
    count(*) filter (where called.by_us) as ours_count,
    count(*) filter (where called.by_them) as theirs_count,
    count(*) filter (where called.by_us and called.by_them) as both_count,
    any_value(everyone.compared_count) as compared_count,
    list_sort(list_distinct(flatten(list(speakers.response_ids) filter (where called.by_us))))
        as ours_ids,
    list_sort(list_distinct(flatten(list(namers.response_ids)))) as theirs_ids,
    list_sort(list_distinct(flatten(
        list(speakers.response_ids) filter (where called.by_us and not called.by_them)
    ))) as over_ids,
    list_sort(list_distinct(flatten(
        list(namers.response_ids) filter (where called.by_them and not called.by_us)
    ))) as under_ids
from called
inner join speakers using (vote_key)
cross join everyone
left join namers using (vote_key, reason)
group by called.reason
order by abs(ours_count - theirs_count) desc, called.reason
