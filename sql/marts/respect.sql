-- One row per response of a customer that was asked anything about respect.
with asked as (

    select
        response_key,
        question_ref,
        is_answered,
        boolean_value,
        choice_refs,
        marts.of_five(number_value, scale_min, scale_max) as step
    from marts.answers
    where
        form_kind != 'staff'
        and question_ref in (
            'felt_respected', 'respects_us', 'respects_them', 'condescended',
            'condescended_words', 'misled', 'misled_words', 'nuisance_over', 'unasked',
            'mile_1', 'mile_2', 'mile_3', 'gave_words', 'got_words'
        )

),

given as (

    select
        response_key,
        max(step) filter (where question_ref = 'felt_respected') as felt_respected,
        max(step) filter (where question_ref = 'respects_us') as respects_us,
        bool_or(boolean_value) filter (where question_ref = 'condescended') as is_condescended,
        bool_or(boolean_value) filter (where question_ref = 'misled') as is_misled,
        max(choice_refs[1]) filter (where question_ref = 'nuisance_over') as nuisance_over,
        list_sort(list(distinct question_ref)) as shown_refs,
        list_sort(coalesce(list(distinct question_ref) filter (where is_answered), []))
            as answered_refs
    from asked
    group by response_key

),

families as (

    select
        response_key,
        question_ref,
        parent
    from marts.codes
    qualify row_number() over (
        partition by response_key, question_ref
        order by coder = 'human' desc, is_primary desc, confidence desc, span_start, reason
    ) = 1

),

sellers as (

    select
        responses.decision_id,
        arg_max(asked.step, responses.submitted_at) as respects_them
    from asked
    inner join marts.responses using (response_key)
    where
        responses.form_kind = 'seller'
        and asked.question_ref = 'respects_them'
        and asked.step is not null
    group by responses.decision_id

)

select
    heard.response_key,
    given.felt_respected,
    given.respects_us,
    sellers.respects_them,
    given.is_condescended,
    given.is_misled,
    given.nuisance_over,
    unasked.parent as unasked_parent,
    [first.parent, second.parent, third.parent] as mile_parents,
    given.shown_refs,
    given.answered_refs
from marts.heard
inner join given using (response_key)
left join sellers on heard.decision_id = sellers.decision_id
left join families as unasked
    on heard.response_key = unasked.response_key and unasked.question_ref = 'unasked'
left join families as first
    on heard.response_key = first.response_key and first.question_ref = 'mile_1'
left join families as second
    on heard.response_key = second.response_key and second.question_ref = 'mile_2'
left join families as third
    on heard.response_key = third.response_key and third.question_ref = 'mile_3'
