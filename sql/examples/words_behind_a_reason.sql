-- In which words did customers give each reason, complaints first, where they may be named?
with quoted as (

    select
        codes.reason,
        codes.polarity,
        verbatims.text[codes.span_start + 1:codes.span_end] as words,
        verbatims.text,
        verbatims.form_kind,
        verbatims.question_ref,
        row_number() over (
            partition by codes.reason, codes.polarity
            order by codes.is_primary desc, codes.confidence desc, codes.verbatim_key
        ) as place,
        count(*) over (partition by codes.reason, codes.polarity) as text_count
    from marts.codes
    inner join marts.verbatims using (verbatim_key)
    where verbatims.may_quote = 'named' and verbatims.text is not null

)

select
    quoted.polarity,
    codebook.label as reason,
    quoted.text_count,
    quoted.words,
    quoted.text,
    quoted.form_kind,
    quoted.question_ref
from quoted
inner join marts.codebook using (reason)
where quoted.place = 1
order by
    list_position(
        ['ours_bad', 'theirs_good', 'neutral', 'theirs_bad', 'ours_good'], quoted.polarity
    ),
    quoted.text_count desc,
    codebook.label
limit 40;
