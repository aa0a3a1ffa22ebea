-- One row per way in which answers in words about exits were read, and language: how many they are,
-- and how many of them somebody should still look at; of responses submitted since the window
-- began. Read by people, by the model learned from them, by rules alone; else nothing was found, it
-- was unsure, or the language is another one.
-- Needs the work file.
with heard as (

    select
        verbatims.verbatim_key,
        verbatims.text_hash,
        verbatims.stance,
        coalesce(verbatims.language, 'en') as language,
        coalesce(verbatims.needs_review, false) as needs_review
    from marts.verbatims
    inner join marts.decisions using (vote_key)
    where
        decisions.is_defection
        and cast(timezone($zone, verbatims.submitted_at) as date) between $from and $week_to
        and verbatims.submitted_at <= $as_of
        and verbatims.fetched_at <= $as_of
        and ($team::varchar is null or decisions.team = $team)

),

coded as (

    select
        verbatim_key,
        bool_or(coder = 'model') as is_learned
    from marts.codes
    group by verbatim_key

),

labelled as (

    select distinct
        text_hash,
        stance
    from staging.standing_labels

),

judged as (

    select
        heard.language,
        heard.needs_review,
        case
            when labelled.text_hash is not null then 'people'
            when coded.is_learned then 'model'
            when coded.verbatim_key is not null then 'rules'
            when heard.language != 'en' then 'language'
            when heard.needs_review then 'unsure'
            else 'nothing'
        end as read_by
    from heard
    left join coded using (verbatim_key)
    left join labelled using (text_hash, stance)

)

select
    read_by,
    language,
    count(*) as verbatim_count,
    count(*) filter (where needs_review) as review_count
from judged
group by read_by, language
order by read_by, verbatim_count desc, language
