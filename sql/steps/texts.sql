-- One row per text and stance of the words that are due, with the row of one answer that has them.
-- Words that surveys in several languages brought are not taken for English, the only one that is
-- coded.
select
    text_hash,
    stance,
    max(word_id) as word_id,
    coalesce(min(survey_language) filter (where survey_language != 'en'), 'en')
        as survey_language
from due_words
group by text_hash, stance
