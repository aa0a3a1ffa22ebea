-- Every response that was shown a question about our promises, and what it ticked; where its words
-- have no name, not which questions it answered in words.
select
    promise_views.response_key,
    promise_views.their_verdict,
    promise_views.failure_cost,
    promise_views.guarantee_tests,
    promise_views.top_stands,
    promise_views.risk_bearer,
    promise_views.eagerness,
    promise_views.said_no_fit,
    promise_views.handover_gap,
    promise_views.post_sale_care,
    promise_views.on_time,
    promise_views.shown_refs,
    list_filter(
        promise_views.answered_refs,
        lambda ref: responses.may_quote != 'unnamed' or not list_contains(words.refs, ref)
    ) as answered_refs
from work.marts.promise_views
inner join work.marts.responses using (response_key)
cross join (
    select list(distinct question_ref) as refs
    from work.marts.verbatims
) as words
order by promise_views.response_key
