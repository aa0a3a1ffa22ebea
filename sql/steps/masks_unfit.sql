-- One row per mask that may differ now: of a text that holds all words of a name which came, went
-- or was cleared. Of a kept name any word counts, as customers say a part of it.
with changed as (

    select *
    from names_now
    anti join ops.masked_names using (name_kind, name_words)

    union all

    select *
    from ops.masked_names
    anti join names_now using (name_kind, name_words)

),

looked_for as (

    select distinct name_words
    from changed
    where name_kind != 'kept'

    union

    select [unnest(name_words)] as name_words
    from changed
    where name_kind = 'kept'

),

-- The longest word is the rarest.
keyed as (

    select
        name_words,
        list_reverse_sort(
            list_transform(name_words, lambda word: { 'length': len(word), 'word': word })
        )[1].word as rarest
    from looked_for

),

said as (

    select
        text_key,
        is_guarded,
        spoken_words,
        unnest(spoken_words) as word
    from ops.masks

)

select distinct
    said.text_key,
    said.is_guarded
from said
inner join keyed on said.word = keyed.rarest
where list_has_all(said.spoken_words, keyed.name_words)
