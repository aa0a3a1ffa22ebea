-- One row per scale answer of a respondent.
select
    response_key,
    response_id,
    form_kind,
    decision_id,
    vote_key,
    account_id,
    question_ref,
    case when question_ref like '%\_chosen' escape '\' then 'chosen' else 'us' end as about,
    number_value as rating,
    scale_min,
    scale_max,
    submitted_at
from marts.answers
where
    number_value is not null
    and scale_max is not null
    and response_key in (select response_key from renewed)
