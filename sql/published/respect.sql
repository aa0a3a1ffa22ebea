-- What every customer said of respect; how our seller respects them only where allowed.
select
    respect.response_key,
    respect.felt_respected,
    respect.respects_us,
    case when heard.may_see then respect.respects_them end as respects_them,
    respect.is_condescended,
    respect.is_misled,
    respect.nuisance_over,
    respect.unasked_parent,
    respect.mile_parents,
    respect.shown_refs,
    respect.answered_refs
from work.marts.respect
inner join work.marts.heard using (response_key)
order by respect.response_key
