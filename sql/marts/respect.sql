-- One row per response of a customer that was asked anything about respect.
with given as (

    select
        response_key,
        any_value(decision_id) as decision_id,
        max(marts.of_five(number_value, scale_min, scale_max)) filter (
            where question_ref = 'felt_respected'
        ) as felt_respected,
        max(marts.of_five(number_value, scale_min, scale_max)) filter (
            where question_ref = 'respects_us'
        ) as respects_us,
        bool_or(boolean_value) filter (where question_ref = 'condescended') as is_condescended,
        bool_or(boolean_value) filter (where question_ref = 'misled') as is_misled,
        max(choice_refs[1]) filter (where question_ref = 'nuisance_over') as nuisance_over,
        list_sort(list(question_ref)) as shown_refs,
        list_sort(coalesce(list(question_ref) filter (where is_answered), [])) as answered_refs
    from marts.answers
    where
        form_kind not in ('seller', 'staff')
        and question_ref in (
            'felt_respected', 'respects_us', 'respects_them', 'condescended',
            'condescended_words', 'misled', 'misled_words', 'nuisance_over', 'unasked',
            'mile_1', 'mile_2', 'mile_3', 'gave_words', 'got_words'
        )
    group by response_key

),

-- Of several families in one answer the first that a person named, or else the main one.
ranked as (

    select
        response_key,
        question_ref,
        parent,
        row(coder != 'human', not is_primary, -confidence, span_start, reason) as place
    from marts.codes
    where question_ref in ('unasked', 'mile_1', 'mile_2', 'mile_3')

),

families as (

    select
        response_key,
        arg_min(parent, place) filter (where question_ref = 'unasked') as unasked_parent,
        [
            arg_min(parent, place) filter (where question_ref = 'mile_1'),
            arg_min(parent, place) filter (where question_ref = 'mile_2'),
            arg_min(parent, place) filter (where question_ref = 'mile_3')
        ] as mile_parents
    from ranked
    group by response_key

),

sellers as (

    select
        responses.decision_id,
        responses.retaken_count,
        arg_max(
            marts.of_five(answers.number_value, answers.scale_min, answers.scale_max),
            responses.submitted_at
        ) as respects_them
    from marts.answers
    inner join marts.responses using (response_key)
    where
        answers.form_kind = 'seller'
        and answers.question_ref = 'respects_them'
        and answers.number_value is not null
    group by responses.decision_id, responses.retaken_count

)

select
    given.response_key,
    given.felt_respected,
    given.respects_us,
    sellers.respects_them,
    given.is_condescended,
    given.is_misled,
    given.nuisance_over,
    families.unasked_parent,
    coalesce(families.mile_parents, [null, null, null]) as mile_parents,
    given.shown_refs,
    given.answered_refs
from given
left join marts.responses on given.response_key = responses.response_key
-- Of a decision that came back, what our seller said of the same time.
left join sellers
    on
        given.decision_id = sellers.decision_id
        and coalesce(responses.retaken_count, 0) = sellers.retaken_count
left join families on given.response_key = families.response_key
