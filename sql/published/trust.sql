-- Every answer about trust: values alone, joined to marts.heard for what may be known of them.
select
    response_key,
    response_id,
    shown_refs,
    trust_business,
    trust_products,
    trust_politics,
    trust_together,
    trust_business_chosen,
    trust_products_chosen,
    trust_politics_chosen,
    trust_together_chosen,
    ability,
    commitment,
    tested_passed,
    ammunition,
    has_needless_question,
    advised_against
from work.marts.trust
order by response_key
