-- A text whose reasons are not as many as its coder found.
with doubt as (

    -- Of all texts as one number, since none of them is lost in almost every build.
    select
        (
            select coalesce(sum(hash(text_hash, stance)::hugeint * code_count), 0)
            from staging.codings
        ) as found,
        (select coalesce(sum(hash(text_hash, stance)::hugeint), 0) from staging.codes) as kept

),

doubtful as (

    select
        codes.text_hash,
        codes.stance,
        0 as code_count,
        1 as kept_count
    from doubt
    inner join staging.codes on doubt.found != doubt.kept

    union all

    select
        codings.text_hash,
        codings.stance,
        codings.code_count,
        0 as kept_count
    from doubt
    inner join staging.codings on doubt.found != doubt.kept

)

select
    text_hash,
    stance,
    sum(code_count) as code_count,
    sum(kept_count) as kept_count
from doubtful
group by text_hash, stance
having sum(code_count) != sum(kept_count)
