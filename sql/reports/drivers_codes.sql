-- One row per reason coded in the words of a defection's respondent, for responses submitted in
-- the week.
-- Needs the work file.
select codes.*
from marts.codes
inner join marts.verbatims using (verbatim_key)
inner join marts.decisions using (vote_key)
where
    decisions.is_defection
    and cast(timezone($zone, verbatims.submitted_at) as date) between $week_from and $week_to
    and verbatims.submitted_at <= $as_of
    and verbatims.fetched_at <= $as_of
    and ($team::varchar is null or decisions.team = $team)
order by codes.verbatim_key, codes.reason, codes.span_start
