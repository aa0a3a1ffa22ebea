-- One row per text under a stance that is to be coded, in the order in which that is done.
-- Of the words themselves there is only where they stand: all of a programme's are too many.
select
    texts.*,
    row_number() over (order by texts.text_hash, texts.stance) - 1 as place
from texts
anti join coded
    on
        texts.text_hash = coded.text_hash
        and texts.stance = coded.stance
        and texts.survey_language = coded.survey_language
        and coded.codebook_version = $codebook
        and coded.model_version = $model
order by place
