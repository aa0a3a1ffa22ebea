-- One row per codebook, pair of judges (two people, or a person and the machine) and reason that
-- either gave: in how many texts both, one or neither did. A row without a reason compares all they
-- gave a text. With the codebook in force all codings count, with one that was left its own.
with in_force as (

    select any_value(codebook_version) as codebook_version
    from staging.codings

),

-- What people gave, in words of the codebook in force, and of one that was left.
labelled as (

    select
        in_force.codebook_version,
        labels.* exclude (codebook_version, reason),
        coalesce(reasons.stands_as, labels.reason) as reason,
        labels.reason is not null and reasons.stands_as is null as is_outdated
    from raw.labels
    inner join in_force on in_force.codebook_version is not null
    left join staging.reasons on labels.reason = reasons.reason

    union all by name

    select
        labels.*,
        false as is_outdated
    from raw.labels
    inner join in_force on labels.codebook_version != in_force.codebook_version

),

codings as (

    select
        codebook_version,
        label_id,
        text_hash,
        stance,
        reviewer,
        labelled_at,
        sample,
        is_blind,
        coalesce(list(distinct reason) filter (where reason is not null), []) as reasons
    from labelled
    group by all
    having not bool_or(is_outdated)

),

-- What somebody said before anybody told them what another had said.
independent as (

    select
        *,
        row_number() over (
            partition by codebook_version, text_hash, stance
            order by labelled_at, label_id
        ) as place
    from codings
    where sample != 'disputed'
    qualify row_number() over (
        partition by codebook_version, text_hash, stance, reviewer
        order by labelled_at, label_id
    ) = 1

),

people as (

    select
        first_one.codebook_version,
        'people' as pair,
        first_one.reasons as left_reasons,
        second_one.reasons as right_reasons
    from independent as first_one
    inner join independent as second_one using (codebook_version, text_hash, stance)
    where first_one.place = 1 and second_one.place > 1 and second_one.is_blind
    qualify row_number() over (
        partition by first_one.codebook_version, first_one.text_hash, first_one.stance
        order by second_one.place
    ) = 1

),

-- The texts drawn at random and coded blind; what was settled after a disagreement decides.
drawn as (

    select *
    from codings
    where sample = 'disputed' or (sample = 'random' and is_blind)
    qualify
        bool_or(sample = 'random') over (partition by codebook_version, text_hash, stance)
        and row_number() over (
            partition by codebook_version, text_hash, stance
            order by sample = 'disputed' desc, labelled_at desc, label_id desc
        ) = 1

),

found as (

    select
        codebook_version,
        text_hash,
        stance,
        reason
    from ops.past_codes
    anti join in_force using (codebook_version)
    -- A codebook may be taken up again, and left again.
    qualify left_at = max(left_at) over (partition by codebook_version, text_hash, stance)

    union all

    select
        codings.codebook_version,
        codings.text_hash,
        codings.stance,
        codes.reason
    from staging.codings
    left join staging.codes
        on
            codings.text_hash = codes.text_hash
            and codings.stance = codes.stance
            and codes.is_suggested is distinct from true

),

books as (

    select
        codebook_version,
        max_by(reasons, taken_up_at) as reasons
    from ops.codebooks
    group by codebook_version

),

machine as (

    select
        drawn.codebook_version,
        'machine' as pair,
        -- What it may not give, as a reason retired since, is none of its mistakes.
        list_intersect(
            drawn.reasons, coalesce(any_value(books.reasons), drawn.reasons)
        ) as left_reasons,
        coalesce(
            list(distinct found.reason) filter (where found.reason is not null), []
        ) as right_reasons
    from drawn
    inner join found using (codebook_version, text_hash, stance)
    left join books using (codebook_version)
    left join staging.codings
        on drawn.text_hash = codings.text_hash and drawn.stance = codings.stance
    -- Words in another language are never read by guess, so that there is nothing to judge.
    where coalesce(codings.language, 'en') = 'en'
    group by drawn.codebook_version, drawn.text_hash, drawn.stance, drawn.reasons

),

pairs as (

    select * from people

    union all

    select * from machine

),

judged as (

    select
        codebook_version,
        pair,
        list_distinct(list_concat(left_reasons, right_reasons)) as either_reasons,
        list_intersect(left_reasons, right_reasons) as both_reasons
    from pairs

),

compared as (

    select
        codebook_version,
        pair,
        count(*) as text_count,
        count(*) filter (
            where len(either_reasons) > 0 and len(both_reasons) = len(either_reasons)
        ) as both_count,
        count(*) filter (where len(both_reasons) < len(either_reasons)) as one_count,
        count(*) filter (where len(either_reasons) = 0) as neither_count,
        -- Rounded, since the last digits of a sum follow the order of its parts.
        round(
            avg(
                case
                    when len(either_reasons) = 0 then 1
                    else len(both_reasons) / len(either_reasons)
                end
            ), 6
        ) as overlap
    from judged
    group by all

),

named as (

    select
        codebook_version,
        pair,
        reason,
        count(*) filter (where list_contains(both_reasons, reason)) as both_count,
        count(*) filter (where not list_contains(both_reasons, reason)) as one_count
    from (
        select
            codebook_version,
            pair,
            both_reasons,
            unnest(either_reasons) as reason
        from judged
    ) as unfolded
    group by all

)

select
    codebook_version,
    pair,
    null::varchar as reason,
    text_count,
    both_count,
    one_count,
    neither_count,
    overlap
from compared

union all

select
    named.codebook_version,
    named.pair,
    named.reason,
    compared.text_count,
    named.both_count,
    named.one_count,
    compared.text_count - named.both_count - named.one_count as neither_count,
    null::double as overlap
from named
inner join compared using (codebook_version, pair)
order by codebook_version, pair, reason nulls first
