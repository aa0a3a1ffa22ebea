-- Every question shown to a customer; values in words live in verbatims alone, and withheld ones
-- nowhere. Whose words have no name, of them it is not told which questions they answered in words.
select
    answers.response_key,
    answers.form_id,
    answers.response_id,
    answers.form_kind,
    case when responses.may_see then answers.decision_id end as decision_id,
    answers.vote_key,
    case when responses.may_see then answers.account_id end as account_id,
    answers.question_ref,
    answers.question_title,
    answers.field_type,
    answers.answer_type,
    case when responses.may_see or answers.scale_max is not null then answers.number_value end
        as number_value,
    answers.scale_min,
    answers.scale_max,
    answers.boolean_value,
    case when responses.may_see then answers.date_value end as date_value,
    answers.choice_refs,
    answers.choice_labels,
    case when responses.may_quote != 'unnamed' then answers.position end as position,
    answers.is_withheld,
    case
        when
            responses.may_quote != 'unnamed'
            or answers.field_type not in ('long_text', 'short_text')
            then answers.is_answered
    end as is_answered
from work.marts.answers
inner join work.marts.responses using (response_key)
where answers.form_kind not in ('seller', 'staff')
order by answers.response_key, answers.question_ref
