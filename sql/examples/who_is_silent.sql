-- Of the decisions against us each quarter, how many did nobody hear about?
select
    date_trunc('quarter', decided_on) as quarter,
    decision_kind,
    count(*) as decision_count,
    count(*) filter (where ask_state = 'never_asked') as never_asked_count,
    count(*) filter (where ask_state = 'closed_silent') as closed_silent_count,
    count(*) filter (where ask_state = 'answered') as answered_count
from marts.decisions
where is_defection
group by all
order by quarter, decision_kind;
