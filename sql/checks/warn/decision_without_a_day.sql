-- Decisions without the day they fell, which are in no week.
select decision_id
from marts.decisions
where decided_on is null
