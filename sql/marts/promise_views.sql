-- One row per response of a customer shown any question about our promises, and what it ticked.
select
    response_key,
    any_value(choice_refs[1]) filter (
        where
        question_ref = 'promise_kept'
        and choice_refs[1] in ('kept', 'late', 'broken', 'none')
    ) as their_verdict,
    any_value(choice_refs[1]) filter (where question_ref = 'failure_cost') as failure_cost,
    any_value(choice_refs) filter (where question_ref = 'guarantee_tests') as guarantee_tests,
    any_value(choice_refs[1]) filter (where question_ref = 'top_stands') as top_stands,
    any_value(choice_refs[1]) filter (where question_ref = 'risk_bearer') as risk_bearer,
    any_value(number_value) filter (where question_ref = 'eagerness') as eagerness,
    any_value(boolean_value) filter (where question_ref = 'said_no_fit') as said_no_fit,
    any_value(choice_refs[1]) filter (where question_ref = 'handover_gap') as handover_gap,
    any_value(number_value) filter (where question_ref = 'post_sale_care') as post_sale_care,
    any_value(boolean_value) filter (where question_ref = 'on_time') as on_time,
    list_sort(list(question_ref)) as shown_refs,
    coalesce(
        list_sort(list(question_ref) filter (
            where
            is_answered
            and (text_value is null or regexp_matches(text_value, '\P{Zs}'))
        )), []
    ) as answered_refs
from marts.answers
where
    response_key in (select response_key from renewed)
    and form_kind not in ('seller', 'staff')
    and question_ref in (
        'promise_kept', 'promised_words', 'promise_words', 'failure_cost', 'guarantee_tests',
        'top_stands', 'risk_bearer', 'eagerness', 'doubted_promise', 'said_no_fit',
        'missing_proof', 'handover_gap', 'post_sale_care', 'on_time', 'told_and_got'
    )
group by response_key
