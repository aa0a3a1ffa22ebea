-- One row per coder, and one for nobody: how many answers in words have their main reason from it;
-- and one for those a person should look at.
with main_reasons as (

    select
        coder,
        count(*) as text_count
    from marts.codes
    where is_primary
    group by coder

),

words as (

    select
        count(*) as text_count,
        count(*) filter (where needs_review) as review_count
    from marts.verbatims

)

select
    case coder
        when 'human' then 'main reason given by a person'
        when 'model' then 'main reason given by the learner'
        when 'rules' then 'main reason given by the rules'
    end as coded_by,
    text_count
from main_reasons

union all by name

-- No answer has two main reasons.
select
    'no reason found' as coded_by,
    (words.text_count - coalesce(sum(main_reasons.text_count), 0))::bigint as text_count
from words
left join main_reasons on true
group by words.text_count
having words.text_count > coalesce(sum(main_reasons.text_count), 0)

union all by name

select
    'to be reviewed' as coded_by,
    review_count as text_count
from words

order by coded_by
