-- One row per text and stance whose words, or the language of their surveys, came or went since
-- they were coded; and some more, where surveys in several languages brought the same words.
-- As numbers, all the words of a programme can be compared in little memory.
with words as (

    select
        text_hash,
        stance,
        hash(text_hash, stance, survey_language) as words_hash
    from staging.verbatims

),

coded as (

    select
        text_hash,
        stance,
        hash(text_hash, stance, survey_language) as words_hash
    from staging.codings

)

select
    text_hash,
    stance
from words
anti join coded using (words_hash)

union

select
    text_hash,
    stance
from coded
anti join words using (words_hash)
