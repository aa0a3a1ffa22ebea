-- One row per coder, and one for nobody: how many answers in words have their main reason from it;
-- and one for those a person should look at.
select
    case codes.coder
        when 'human' then 'main reason given by a person'
        when 'model' then 'main reason given by the learner'
        when 'rules' then 'main reason given by the rules'
        else 'no reason found'
    end as coded_by,
    count(*) as text_count
from marts.verbatims
left join marts.codes
    on verbatims.verbatim_key = codes.verbatim_key and codes.is_primary
group by all

union all by name

select
    'to be reviewed' as coded_by,
    count(*) as text_count
from marts.verbatims
where needs_review

order by coded_by
