-- One row per answer in words that may be quoted, from everybody who had answered by the end of
-- the week. Who asked for a call in the week is named for it, and so not quoted without a name in
-- the same edition. A team hears the customers of its own decisions alone.
-- Needs the work file.
select
    verbatims.*,
    case when verbatims.may_quote = 'named' then respondents.respondent_name end
        as respondent_name,
    case when verbatims.may_quote = 'named' then respondents.respondent_role end
        as respondent_role,
    case when verbatims.may_quote = 'named' then accounts.account_name end as account_name
from marts.verbatims
inner join marts.responses using (response_key)
left join marts.decisions on verbatims.vote_key = decisions.vote_key
left join staging.respondents on verbatims.respondent = respondents.respondent
left join marts.accounts on verbatims.account_id = accounts.account_id
where
    verbatims.may_quote in ('named', 'unnamed')
    and verbatims.form_kind != 'seller'
    and not (
        responses.call_me
        and responses.may_see
        and verbatims.may_quote = 'unnamed'
        and cast(timezone($zone, verbatims.submitted_at) as date) >= $week_from
    )
    and cast(timezone($zone, verbatims.submitted_at) as date) <= $week_to
    and verbatims.submitted_at <= $as_of
    and verbatims.fetched_at <= $as_of
    and ($team::varchar is null or decisions.team = $team)
order by verbatims.verbatim_key
