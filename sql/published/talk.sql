-- Every customer's ratings of how we talk; whose they are, heard says where it may.
select
    response_key,
    talk_customers,
    talk_value,
    talk_team,
    shown_refs
from work.marts.talk
order by response_key
