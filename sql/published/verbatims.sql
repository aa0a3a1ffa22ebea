-- Every answer of a customer in words: none where only counting is allowed, masked, and keyless
-- when unnamed.
select
    verbatims.verbatim_key,
    case when verbatims.may_quote = 'named' then verbatims.response_key end as response_key,
    case when verbatims.may_quote = 'named' then verbatims.decision_id end as decision_id,
    case when verbatims.may_quote = 'named' then verbatims.account_id end as account_id,
    verbatims.form_kind,
    verbatims.question_ref,
    verbatims.asks,
    masked.text,
    verbatims.language,
    verbatims.needs_review,
    verbatims.may_quote
from work.marts.verbatims
left join masked_verbatims as masked using (verbatim_key)
where verbatims.form_kind not in ('seller', 'staff')
order by verbatims.verbatim_key
