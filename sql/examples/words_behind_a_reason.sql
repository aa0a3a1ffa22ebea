-- In which words did customers give each reason, where they may be quoted with their name?
with quoted as (

    select
        codes.reason,
        verbatims.text[codes.span_start + 1:codes.span_end] as words,
        verbatims.text,
        verbatims.question_ref,
        row_number() over (
            partition by codes.reason
            order by codes.is_primary desc, codes.confidence desc, codes.verbatim_key
        ) as place,
        count(*) over (partition by codes.reason) as text_count
    from marts.codes
    inner join marts.verbatims using (verbatim_key)
    where verbatims.may_quote = 'named' and verbatims.text is not null

),

labels as (

    select
        reason,
        last(label order by valid_from nulls first) as label
    from seeds.reasons
    group by reason

)

select
    labels.label as reason,
    quoted.text_count,
    quoted.words,
    quoted.text,
    quoted.question_ref
from quoted
inner join labels using (reason)
where quoted.place = 1
order by quoted.text_count desc, labels.label
limit 40;
