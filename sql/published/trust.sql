-- Every answer about trust: values alone, joined to marts.heard for what may be known of them;
-- where their words have no name, not whether they named a question.
select
    trust.response_key,
    trust.response_id,
    trust.shown_refs,
    trust.trust_business,
    trust.trust_products,
    trust.trust_politics,
    trust.trust_together,
    trust.trust_business_chosen,
    trust.trust_products_chosen,
    trust.trust_politics_chosen,
    trust.trust_together_chosen,
    trust.ability,
    trust.commitment,
    trust.tested_passed,
    trust.ammunition,
    case when responses.may_quote != 'unnamed' then trust.has_needless_question end
        as has_needless_question,
    trust.advised_against
from work.marts.trust
inner join work.marts.responses using (response_key)
order by trust.response_key
