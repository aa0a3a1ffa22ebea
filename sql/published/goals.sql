-- Every response asked for the customer's goal, and whether our side had written it, the latter
-- only where they may be seen; no words, nor, where theirs have no name, whether they wrote any.
select
    goals.response_key,
    case when responses.may_quote != 'unnamed' then goals.has_goal end as has_goal,
    case when heard.may_see then goals.has_our_goal end as has_our_goal,
    case when heard.may_see then goals.has_pitch end as has_pitch,
    case when heard.may_see and responses.may_quote != 'unnamed' then goals.shared_word_count end
        as shared_word_count,
    case when heard.may_see then goals.our_form_fetched_at end as our_form_fetched_at
from work.marts.goals
inner join work.marts.heard using (response_key)
inner join work.marts.responses using (response_key)
order by goals.response_key
