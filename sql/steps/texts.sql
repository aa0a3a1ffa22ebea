-- One row per text and stance that is to be coded. Words that surveys in several languages brought
-- are not taken for English, the only one that is coded.
select
    text_hash,
    stance,
    any_value(text) as text,
    coalesce(min(survey_language) filter (where survey_language != 'en'), 'en')
        as survey_language
from staging.verbatims
group by text_hash, stance
