-- Every response that was shown a question about our promises, and what it ticked.
select
    response_key,
    their_verdict,
    failure_cost,
    guarantee_tests,
    top_stands,
    risk_bearer,
    eagerness,
    said_no_fit,
    handover_gap,
    post_sale_care,
    on_time,
    shown_refs,
    answered_refs
from work.marts.promise_views
order by response_key
