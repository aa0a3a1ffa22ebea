-- One row per response of a customer that counts, with what it is about: every lens joins it.
select
    responses.response_key,
    responses.form_id,
    responses.response_id,
    responses.form_kind,
    responses.block,
    coalesce(
        responses.vote_key, marts.opaque(getvariable('salt'), responses.account_id),
        responses.response_key
    ) as voter_key,
    responses.vote_key,
    responses.decision_id,
    responses.account_id,
    decisions.decision_kind,
    decisions.outcome,
    coalesce(decisions.is_defection, false) as is_defection,
    decisions.competitor,
    decisions.team,
    accounts.segment,
    case
        when responses.form_kind = 'pulse' then cast(responses.submitted_at as date)
        else decisions.closes_on
    end as counted_on,
    responses.may_see,
    responses.submitted_at,
    responses.fetched_at
from marts.responses
left join marts.decisions using (vote_key)
left join marts.accounts on responses.account_id = accounts.account_id
where responses.form_kind not in ('seller', 'staff')
