-- Every chain from goals to results; whose it is only by its response.
select
    response_key,
    shown_links,
    answered_links,
    broken_links,
    broken_link
from work.marts.chains
order by response_key
