-- One row per pair of ratings (how respected they felt, beside how they respect us or how our
-- seller respects them) and how the two stand: customers and the means of both.
with rated as (

    select
        heard.voter_key,
        pairs.pair,
        coalesce(bool_or(heard.counted_on between $from and $to), false) as is_window,
        avg(respect.felt_respected) as felt,
        avg(case pairs.pair when 'us' then respect.respects_us else respect.respects_them end)
            as other,
        list(heard.response_id) as response_ids
    from marts.respect
    inner join marts.heard using (response_key)
    cross join (values ('us'), ('seller')) as pairs (pair)
    where
        respect.felt_respected is not null
        and case pairs.pair when 'us' then respect.respects_us else respect.respects_them end
        is not null
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    group by heard.voter_key, pairs.pair

),

standing as (

    select
        *,
        case
            when felt >= 4 and other >= 4 then 'mutual'
            when felt >= 4 then 'felt_only'
            when other >= 4 then 'other_only'
            else 'neither'
        end as standing
    from rated

)

select
    pair,
    standing,
    count(*) filter (where is_window) as voter_count,
    count(*) as ever_count,
    list_sort(flatten(coalesce(list(response_ids) filter (where is_window), []))) as response_ids,
    list_sort(flatten(list(response_ids))) as ever_ids,
    coalesce(list(felt - other order by voter_key) filter (where is_window), []) as gaps,
    list(felt - other order by voter_key) as ever_gaps
from standing
group by pair, standing
order by pair, standing
