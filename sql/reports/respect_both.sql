-- One row per pair of ratings (how respected they felt, beside how they respect us or how our
-- seller respects them) and how the two stand: customers and the gaps between both. An account
-- speaks by the latest pulse that asked for both; of colleagues the lower rating counts. Who was
-- asked and left one of the two open is `left_open`; a seller who said nothing makes no pair.
-- Needs the work file.
with asked as (

    select
        heard.voter_key,
        heard.response_id,
        heard.counted_on,
        pairs.pair,
        respect.felt_respected as felt,
        case pairs.pair when 'us' then respect.respects_us else respect.respects_them end as other
    from marts.respect
    inner join marts.heard using (response_key)
    cross join (values ('us'), ('seller')) as pairs (pair)
    where
        list_contains(respect.shown_refs, 'felt_respected')
        and case pairs.pair
            when 'us' then list_contains(respect.shown_refs, 'respects_us')
            else respect.respects_them is not null
        end
        and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    qualify
        marts.stands(
            heard.form_kind, null, pairs.pair, heard.voter_key, heard.submitted_at,
            heard.response_key
        )

),

rated as (

    select
        voter_key,
        pair,
        coalesce(bool_or(counted_on between $from and $to), false) as is_window,
        min(felt) as felt,
        min(other) as other,
        list(response_id) as response_ids
    from asked
    group by voter_key, pair

),

standing as (

    select
        *,
        case
            when felt is null or other is null then 'left_open'
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
    coalesce(
        list(felt - other order by voter_key)
        filter (where is_window and felt - other is not null), []
    ) as gaps,
    coalesce(
        list(felt - other order by voter_key) filter (where felt - other is not null), []
    ) as ever_gaps
from standing
group by pair, standing
order by pair, standing
