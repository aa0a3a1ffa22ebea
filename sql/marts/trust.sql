-- One row per response shown a question of trust: us, the supplier they chose, and the moments.
with given as (

    select
        response_key,
        response_id,
        question_ref,
        marts.of_five(number_value, scale_min, scale_max) as rating,
        choice_refs[1] as choice,
        boolean_value,
        is_answered
    from marts.answers
    where
        response_key in (select response_key from renewed)
        and form_kind not in ('seller', 'staff')
        and question_ref in (
            'trust_business', 'trust_products', 'trust_politics', 'trust_together',
            'trust_business_chosen', 'trust_products_chosen', 'trust_politics_chosen',
            'trust_together_chosen', 'ability', 'commitment', 'tested_passed', 'ammunition',
            'needless_question', 'advised_against'
        )

)

select
    response_key,
    response_id,
    list_sort(list(question_ref)) as shown_refs,
    max(rating) filter (where question_ref = 'trust_business') as trust_business,
    max(rating) filter (where question_ref = 'trust_products') as trust_products,
    max(rating) filter (where question_ref = 'trust_politics') as trust_politics,
    max(rating) filter (where question_ref = 'trust_together') as trust_together,
    max(rating) filter (where question_ref = 'trust_business_chosen') as trust_business_chosen,
    max(rating) filter (where question_ref = 'trust_products_chosen') as trust_products_chosen,
    max(rating) filter (where question_ref = 'trust_politics_chosen') as trust_politics_chosen,
    max(rating) filter (where question_ref = 'trust_together_chosen') as trust_together_chosen,
    max(rating) filter (where question_ref = 'ability') as ability,
    max(rating) filter (where question_ref = 'commitment') as commitment,
    max(choice) filter (where question_ref = 'tested_passed') as tested_passed,
    max(choice) filter (where question_ref = 'ammunition') as ammunition,
    bool_or(is_answered) filter (where question_ref = 'needless_question')
        as has_needless_question,
    bool_or(boolean_value) filter (where question_ref = 'advised_against') as advised_against
from given
group by response_key, response_id
