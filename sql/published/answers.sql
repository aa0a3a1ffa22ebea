-- Every question shown to a customer; values in words live in verbatims alone, and withheld ones
-- nowhere. Whose words have no name, of them it is not told which questions they answered in words.
with places as materialized (

    select
        response_key,
        form_id,
        response_id,
        form_kind,
        case when may_see then decision_id end as decision_id,
        vote_key,
        case when may_see then account_id end as account_id,
        may_see,
        may_quote,
        row_number() over (order by response_key) as response_place
    from work.marts.responses
    where form_kind not in ('seller', 'staff')

),

-- Questions that some version of a form has answered in words.
in_words as materialized (

    select distinct question_ref
    from work.marts.answers
    where field_type in ('long_text', 'short_text')

),

asked as materialized (

    select
        *,
        row_number() over (
            order by
                question_ref, question_title, field_type, answer_type, scale_min, scale_max
        ) as question_place
    from (
        select distinct
            question_ref,
            question_title,
            field_type,
            answer_type,
            scale_min,
            scale_max
        from work.marts.answers

        union

        select
            question_ref,
            question_title,
            field_type,
            null as answer_type,
            null as scale_min,
            null as scale_max
        from work.seeds.questions
        semi join in_words using (question_ref)
    ) as every_question

),

-- A question answered in words without a name is shown as if it had been left open: what its form
-- called it, and how, would tell it from one that was.
shown as (

    select
        places.response_place,
        places.may_see,
        places.may_quote,
        places.may_quote = 'unnamed' and in_words.question_ref is not null as is_hushed,
        answers.* replace (
            case when is_hushed then questions.question_title else answers.question_title end
                as question_title,
            case when is_hushed then questions.field_type else answers.field_type end
                as field_type,
            case when not is_hushed then answers.answer_type end as answer_type,
            case when not is_hushed then answers.scale_min end as scale_min,
            case when not is_hushed then answers.scale_max end as scale_max,
            case when not is_hushed then answers.is_answered end as is_answered
        )
    from work.marts.answers
    inner join places using (response_key)
    left join in_words on answers.question_ref = in_words.question_ref
    left join work.seeds.questions
        on
            answers.form_kind = questions.form_kind
            and answers.question_ref = questions.question_ref

),

-- Sorted, so that no row tells by its place when it came; by numbers, and before there is text
-- beside them, which is half the work of publishing. The text is looked up row by row then: a join
-- of few rows may be turned round, and its rows with it.
told as materialized (

    select
        shown.response_place,
        asked.question_place,
        case
            when shown.may_see or shown.scale_max is not null then shown.number_value
        end as number_value,
        shown.boolean_value,
        case when shown.may_see then shown.date_value end as date_value,
        shown.choice_refs,
        shown.choice_labels,
        case when shown.may_quote != 'unnamed' then shown.position end as position,
        shown.is_withheld,
        shown.is_answered
    from shown
    inner join asked
        on
            shown.question_ref is not distinct from asked.question_ref
            and shown.question_title is not distinct from asked.question_title
            and shown.field_type is not distinct from asked.field_type
            and shown.answer_type is not distinct from asked.answer_type
            and shown.scale_min is not distinct from asked.scale_min
            and shown.scale_max is not distinct from asked.scale_max
    order by shown.response_place, asked.question_place

)

select
    looked_up.place.response_key,
    looked_up.place.form_id,
    looked_up.place.response_id,
    looked_up.place.form_kind,
    looked_up.place.decision_id,
    looked_up.place.vote_key,
    looked_up.place.account_id,
    looked_up.question.question_ref,
    looked_up.question.question_title,
    looked_up.question.field_type,
    looked_up.question.answer_type,
    looked_up.number_value,
    looked_up.question.scale_min,
    looked_up.question.scale_max,
    looked_up.boolean_value,
    looked_up.date_value,
    looked_up.choice_refs,
    looked_up.choice_labels,
    looked_up.position,
    looked_up.is_withheld,
    looked_up.is_answered
from (
    select
        *,
        (
            select places from places
            where places.response_place = told.response_place
        ) as place,
        (
            select asked from asked
            where asked.question_place = told.question_place
        ) as question
    from told
) as looked_up
