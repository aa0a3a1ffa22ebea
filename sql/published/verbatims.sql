-- Every answer of a customer in words: none where only counting is allowed, masked, and keyless
-- when unnamed; to what an unnamed one answers, only where five of them do.
with shared as (

    select
        question_ref,
        language
    from work.marts.verbatims
    where may_quote = 'unnamed' and form_kind not in ('seller', 'staff')

)

select
    verbatims.verbatim_key,
    case when verbatims.may_quote = 'named' then verbatims.response_key end as response_key,
    case when verbatims.may_quote = 'named' then verbatims.decision_id end as decision_id,
    case when verbatims.may_quote = 'named' then verbatims.account_id end as account_id,
    case when verbatims.may_quote != 'unnamed' then verbatims.form_kind end as form_kind,
    case
        when verbatims.may_quote != 'unnamed' or refs.question_ref is not null
            then verbatims.question_ref
    end as question_ref,
    case
        when verbatims.may_quote != 'unnamed' or refs.question_ref is not null
            then verbatims.asks
    end as asks,
    masked.text,
    case
        when verbatims.may_quote != 'unnamed' or languages.language is not null
            then verbatims.language
    end as language,
    case when verbatims.may_quote != 'unnamed' then verbatims.needs_review end as needs_review,
    verbatims.may_quote
from work.marts.verbatims
left join masked_verbatims as masked using (verbatim_key)
left join (
    select question_ref
    from shared
    group by question_ref
    having count(*) >= 5
) as refs on verbatims.question_ref = refs.question_ref
left join (
    select
        question_ref,
        language
    from shared
    group by question_ref, language
    having count(*) >= 5
) as languages
    on
        verbatims.question_ref = languages.question_ref
        and verbatims.language = languages.language
where verbatims.form_kind not in ('seller', 'staff')
order by verbatims.verbatim_key
