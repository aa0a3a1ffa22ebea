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
    ) as every_question

),

-- Sorted, so that no row tells by its place when it came; by numbers, and before there is text
-- beside them, which is half the work of publishing. The text is looked up row by row then: a join
-- of few rows may be turned round, and its rows with it.
told as materialized (

    select
        places.response_place,
        asked.question_place,
        case
            when places.may_see or answers.scale_max is not null then answers.number_value
        end as number_value,
        answers.boolean_value,
        case when places.may_see then answers.date_value end as date_value,
        answers.choice_refs,
        answers.choice_labels,
        case when places.may_quote != 'unnamed' then answers.position end as position,
        answers.is_withheld,
        case
            when
                places.may_quote != 'unnamed'
                or answers.field_type not in ('long_text', 'short_text')
                then answers.is_answered
        end as is_answered
    from work.marts.answers
    inner join places using (response_key)
    inner join asked
        on
            answers.question_ref is not distinct from asked.question_ref
            and answers.question_title is not distinct from asked.question_title
            and answers.field_type is not distinct from asked.field_type
            and answers.answer_type is not distinct from asked.answer_type
            and answers.scale_min is not distinct from asked.scale_min
            and answers.scale_max is not distinct from asked.scale_max
    order by places.response_place, asked.question_place

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
