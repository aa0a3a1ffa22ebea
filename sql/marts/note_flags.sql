-- One row per note of our side and phrase in it that speaks ill of a customer.
with notes as (

    -- As words with a space between and around, so that a phrase is found whole or not at all.
    select
        *,
        concat(
            ' ', regexp_replace(lower(seller_text), '[^\pL\pN'']+', ' ', 'g'), ' '
        ) as words
    from marts.seller_reasons
    where seller_text is not null

),

terms as (

    -- Each may stand in the plural, and so may what is harmless though it holds the phrase.
    select
        term,
        concat(' ', term) as start,
        [concat(' ', term, ' '), concat(' ', term, 's '), concat(' ', term, 'es ')] as spellings,
        concat(' (?:', replace(unless, ';', '|'), ')s? ') as harmless,
        unless is not null as has_harmless
    from seeds.talk_terms

),

found as (

    select
        notes.*,
        terms.term,
        terms.spellings,
        case
            when terms.has_harmless then regexp_replace(notes.words, terms.harmless, ' ', 'g')
            else notes.words
        end as rest
    from notes
    inner join terms on contains(notes.words, terms.start)

)

select
    found.decision_id,
    found.seller_id,
    found.response_key,
    decisions.team,
    found.term,
    found.recorded_at,
    found.fetched_at
from found
left join marts.decisions using (decision_id)
where list_bool_or(list_transform(found.spellings, lambda each: contains(found.rest, each)))
