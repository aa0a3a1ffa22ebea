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
-- What was said of a time before the decision came back is no reason for this one.
inner join marts.decisions
    on
        responses.vote_key = decisions.vote_key
        and responses.retaken_count = decisions.retaken_count
left join marts.decision_reasons on responses.response_key = decision_reasons.response_key
left join marts.accounts on decisions.account_id = accounts.account_id
where decisions.is_defection
