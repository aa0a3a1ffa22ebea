-- Words, or an answer beside its decision, that may be shown further than the respondent said.
with said as (

    select
        response_key,
        bool_and(boolean_value is true) filter (where question_ref = 'may_see') as may_see,
        list(coalesce(choice_refs[1], '')) filter (where question_ref = 'may_quote') as may_quote
    from staging.answers
    where question_ref in ('may_see', 'may_quote')
    group by response_key

)

select responses.response_key
from marts.responses
left join said using (response_key)
where
    responses.may_see and said.may_see is distinct from true
    or responses.may_quote != 'counted' and (
        said.may_quote is null
        or len(list_filter(said.may_quote, lambda each: each not in ('named', 'unnamed'))) > 0
    )
    or responses.may_quote = 'named' and (
        not responses.may_see or list_contains(said.may_quote, 'unnamed')
    )

union all

select verbatims.response_key
from marts.verbatims
inner join marts.responses using (response_key)
where
    verbatims.may_quote is distinct from responses.may_quote
    or verbatims.may_see is distinct from responses.may_see
