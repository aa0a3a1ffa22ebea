-- One row per answer in words about a case of an alert that may be quoted; who said it only where
-- they let us name them.
-- Needs the work file.
select
    verbatims.*,
    case when verbatims.may_quote = 'named' then respondents.respondent_name end
        as respondent_name,
    case when verbatims.may_quote = 'named' then respondents.respondent_role end
        as respondent_role,
    case when verbatims.may_quote = 'named' then accounts.account_name end as account_name
from ops.alerts
inner join marts.verbatims
    on
        alerts.response_key = verbatims.response_key
        and concat(alerts.harm, '_words') = verbatims.question_ref
left join staging.respondents on verbatims.respondent = respondents.respondent
left join marts.accounts on verbatims.account_id = accounts.account_id
where
    alerts.edition_id = $edition_id
    and verbatims.may_quote in ('named', 'unnamed')
order by verbatims.verbatim_key
