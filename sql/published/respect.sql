-- What every customer said of respect. What our seller says of them is nowhere; nor, where their
-- words have no name, what those are about and which questions they answered in words.
select
    respect.response_key,
    respect.felt_respected,
    respect.respects_us,
    cast(null as double) as respects_them,
    respect.is_condescended,
    respect.is_misled,
    respect.nuisance_over,
    case when responses.may_quote != 'unnamed' then respect.unasked_parent end as unasked_parent,
    case when responses.may_quote != 'unnamed' then respect.mile_parents end as mile_parents,
    respect.shown_refs,
    list_filter(
        respect.answered_refs,
        lambda ref: responses.may_quote != 'unnamed' or not list_contains(words.refs, ref)
    ) as answered_refs
from work.marts.respect
inner join work.marts.responses using (response_key)
cross join (
    select list(distinct question_ref) as refs
    from work.marts.verbatims
) as words
order by respect.response_key
