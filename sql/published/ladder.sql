-- Every response on the ladder, as counts; whose it is, heard says where it may. Where their words
-- have no name, not of which moments they told.
select
    ladder.response_key,
    ladder.ladder_rung,
    case when responses.may_quote != 'unnamed' then ladder.has_put_you_first end
        as has_put_you_first,
    case when responses.may_quote != 'unnamed' then ladder.has_put_us_first end
        as has_put_us_first,
    ladder.defended_what,
    ladder.defend_premium,
    ladder.shown_refs
from work.marts.ladder
inner join work.marts.responses using (response_key)
order by ladder.response_key
