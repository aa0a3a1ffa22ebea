-- Of the decisions against us, by thirteen weeks, how many did nobody hear about?
select
    marts.span_from(coverage.closes_on, published.published_at) as closes_from,
    coverage.decision_kind,
    count(distinct coverage.vote_key) as decision_count,
    count(distinct coverage.vote_key) filter (where coverage.ask_state = 'never_asked')
        as never_asked_count,
    count(distinct coverage.vote_key) filter (where coverage.ask_state = 'closed_silent')
        as closed_silent_count,
    count(distinct coverage.vote_key) filter (where coverage.ask_state = 'answered')
        as answered_count,
    never_asked_count + closed_silent_count as silent_count,
    marts.share(silent_count, silent_count + answered_count) as silent_share
from marts.coverage
cross join marts.published
group by closes_from, coverage.decision_kind
order by closes_from desc, coverage.decision_kind
limit 40;
