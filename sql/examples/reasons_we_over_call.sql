-- Which reasons do we log more often than customers give them, where both spoke?
with pairs as (

    select distinct
        vote_key,
        seller_label,
        label
    from marts.know_why
    where is_primary and superseded_at is null

),

named as (

    select
        vote_key,
        seller_label as reason,
        true as is_logged,
        seller_label in (
            select same.label
            from pairs as same
            where same.vote_key = pairs.vote_key
        ) as is_right
    from pairs

    union

    select
        vote_key,
        label as reason,
        false as is_logged,
        false as is_right
    from pairs

)

select
    reason,
    count(*) filter (where is_logged) as logged_count,
    count(*) filter (where not is_logged) as said_count,
    logged_count - said_count as over_called_count,
    count(*) filter (where is_right) as right_count,
    marts.share_low(right_count, logged_count) as right_from,
    marts.share_high(right_count, logged_count) as right_to
from named
group by reason
order by over_called_count desc, logged_count desc, reason
limit 40;
