-- A response whose numbers on a scale are not what the ratings hold of it.
with given as (

    select
        response_key,
        bit_xor(hash(question_ref, number_value)) as numbers_hash
    from marts.answers
    semi join looked_at using (response_key)
    where number_value is not null and scale_max is not null
    group by response_key

),

kept as (

    select
        response_key,
        bit_xor(hash(question_ref, rating)) as numbers_hash
    from marts.ratings
    semi join looked_at using (response_key)
    group by response_key

)

select response_key
from given
full join kept using (response_key)
where given.numbers_hash is distinct from kept.numbers_hash
