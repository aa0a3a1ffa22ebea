-- One row per response of a customer who was asked how our people talk.
select
    response_key,
    cast(max(number_value) filter (where question_ref = 'talk_customers') as integer)
        as talk_customers,
    cast(max(number_value) filter (where question_ref = 'talk_value') as integer) as talk_value,
    cast(max(number_value) filter (where question_ref = 'talk_team') as integer) as talk_team,
    list_sort(list(question_ref)) as shown_refs
from marts.answers
where
    response_key in (select response_key from renewed)
    and form_kind not in ('seller', 'staff')
    and question_ref in ('talk_customers', 'talk_value', 'talk_team', 'talk_words')
group by response_key
