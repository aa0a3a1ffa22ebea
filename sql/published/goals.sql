-- Every response asked for the customer's goal, and whether our side had written it, the latter
-- only where they may be seen; no words.
select
    goals.response_key,
    goals.has_goal,
    case when heard.may_see then goals.has_our_goal end as has_our_goal,
    case when heard.may_see then goals.has_pitch end as has_pitch,
    case when heard.may_see then goals.shared_word_count end as shared_word_count,
    case when heard.may_see then goals.our_form_fetched_at end as our_form_fetched_at
from work.marts.goals
inner join work.marts.heard using (response_key)
order by goals.response_key
