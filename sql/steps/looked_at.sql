-- One row per response that the checks of this build look at: those whose rows in the marts were
-- made anew, those that are in no mart, and any whose rows are not as many as they should be.
with doubt as (

    -- Of what counts, each verbatim and each number on a scale has its one row.
    select
        (
            select count(*)
            from staging.verbatims
            semi join marts.responses using (response_key)
        ) != (select count(*) from marts.verbatims)
        or (
            select count(*)
            from marts.answers
            where number_value is not null and scale_max is not null
        ) != (select count(*) from marts.ratings)
            as is_any

),

answered as (

    select distinct response_key
    from staging.answers
    where question_ref is not null

)

select response_key
from renewed

union

select received.response_key
from staging.responses as received
anti join marts.responses using (response_key)

union

select spoken.response_key
from staging.verbatims as spoken
anti join staging.responses using (response_key)

union

select counted.response_key
from doubt
inner join marts.responses as counted on doubt.is_any

union

select answered.response_key
from answered
semi join marts.responses using (response_key)
anti join marts.answers using (response_key)
