-- One row per response that the analysts' copy leaves out: heard in confidence about a time of a
-- decision before it was taken again. It is no reason for leaving of the time that stands, and by
-- its absence there would be told apart from those heard in confidence about a decision taken once.
select responses.response_key
from work.marts.responses
inner join work.marts.decisions using (vote_key)
where not responses.may_see and responses.retaken_count < decisions.retaken_count
