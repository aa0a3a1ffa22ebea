-- One row per reason a respondent gave for a defection; one without a reason where none is coded.
select
    responses.vote_key,
    responses.decision_id,
    responses.account_id,
    responses.response_key,
    responses.response_id,
    decisions.decision_kind,
    decisions.team,
    accounts.segment,
    decisions.rival,
    decision_reasons.source,
    decision_reasons.reason,
    decision_reasons.parent,
    decision_reasons.label,
    coalesce(decision_reasons.is_primary, false) as is_primary,
    coalesce(decision_reasons.is_theirs, false) as is_theirs,
    responses.retaken_count,
    responses.may_see,
    decisions.closes_on,
    responses.submitted_at,
    responses.fetched_at
from marts.responses
inner join marts.decisions using (vote_key)
left join marts.decision_reasons using (response_key)
left join marts.accounts on decisions.account_id = accounts.account_id
where decisions.is_defection
