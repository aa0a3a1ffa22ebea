-- One row per change of the codebook, and what it did to the texts the coder read with both.
-- It is the coder's reading, of texts that no person has decided; what it learned or was mended in
-- between counts too.
with versions as (

    select
        codebook_version,
        taken_up_at,
        reasons,
        lag(codebook_version) over by_time as previous_version,
        lag(reasons) over by_time as previous_reasons,
        lead(taken_up_at) over by_time as left_at
    from ops.codebooks
    window by_time as (order by taken_up_at, codebook_version)

),

given as (

    select
        text_hash,
        stance,
        reason,
        is_primary,
        codebook_version,
        left_at
    from ops.past_codes

    union all by name

    select
        codings.text_hash,
        codings.stance,
        codes.reason,
        codes.is_primary,
        codings.codebook_version,
        null::timestamptz as left_at
    from staging.codings
    -- Of texts that were not there with an earlier one there is nothing to compare.
    semi join ops.past_codes
        on codings.text_hash = past_codes.text_hash and codings.stance = past_codes.stance
    left join staging.codes
        on
            codings.text_hash = codes.text_hash
            and codings.stance = codes.stance
            and codes.is_suggested is distinct from true

),

-- The main reason of each text with each codebook; one that only has another name has not changed.
coded as (

    select
        given.text_hash,
        given.stance,
        given.codebook_version,
        given.left_at,
        max(coalesce(reasons.stands_as, given.reason)) filter (where given.is_primary) as reason
    from given
    left join staging.reasons on given.reason = reasons.reason
    anti join staging.standing_labels as decided
        on given.text_hash = decided.text_hash and given.stance = decided.stance
    group by all

),

moved as (

    select
        later.left_at,
        earlier.left_at as taken_up_at,
        count(*) as text_count,
        count(*) filter (where earlier.reason is distinct from later.reason) as moved_count
    from coded as earlier
    inner join versions on earlier.left_at = versions.taken_up_at
    inner join coded as later
        on
            earlier.text_hash = later.text_hash
            and earlier.stance = later.stance
            and versions.left_at is not distinct from later.left_at
            and versions.codebook_version = later.codebook_version
    group by all

)

select
    versions.codebook_version,
    versions.taken_up_at,
    versions.previous_version,
    -- Null in an old edition that is made anew with a codebook that came later.
    case when known.is_known then coalesce(moved.text_count, 0) end as text_count,
    case when known.is_known then coalesce(moved.moved_count, 0) end as moved_count,
    case
        when versions.previous_reasons is not null
            then list_sort(list_filter(
                versions.reasons,
                lambda reason: not list_contains(versions.previous_reasons, reason)
            ))
    end as added_reasons,
    list_sort(list_filter(
        versions.previous_reasons,
        lambda reason: not list_contains(versions.reasons, reason)
    )) as retired_reasons
from versions
left join moved on versions.taken_up_at = moved.taken_up_at
left join
    lateral (
        select
            versions.left_at is not null
            or coalesce(any_value(codings.codebook_version) = versions.codebook_version, true)
                as is_known
        from staging.codings
    ) as known
    on true
where versions.previous_version is not null
