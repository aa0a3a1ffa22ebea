-- One row per person we may ask, as last exported.
select
    respondent,
    account_id,
    respondent_name,
    respondent_role,
    fetched_at
from raw.respondents
qualify row_number() over (partition by respondent order by fetched_at desc, row_hash asc) = 1
