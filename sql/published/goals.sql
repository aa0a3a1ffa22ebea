-- Every response asked for the customer's goal, and whether our side had written it; no words.
select
    response_key,
    has_goal,
    has_our_goal,
    has_pitch,
    shared_word_count,
    our_form_fetched_at
from work.marts.goals
order by response_key
