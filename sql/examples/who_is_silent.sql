-- Of the decisions against us, by thirteen weeks, how many did nobody hear about?
select
    marts.span_from(closes_on, published_at) as closes_from,
    decision_kind,
    count(distinct vote_key) as decision_count,
    count(distinct vote_key) filter (where ask_state = 'never_asked') as never_asked_count,
    count(distinct vote_key) filter (where ask_state = 'closed_silent') as closed_silent_count,
    count(distinct vote_key) filter (where ask_state = 'answered') as answered_count
from marts.coverage
cross join marts.published
group by all
order by closes_from, decision_kind;
