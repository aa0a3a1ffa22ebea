-- Decisions dated before their opportunity was opened.
select decision_id
from marts.decisions
where decided_on < opened_on
