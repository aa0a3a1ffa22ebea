-- Every response on the ladder, as counts; whose it is, heard says where it may.
select
    response_key,
    ladder_rung,
    has_put_you_first,
    has_put_us_first,
    defended_what,
    defend_premium,
    shown_refs
from work.marts.ladder
order by response_key
