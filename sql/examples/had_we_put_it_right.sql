-- Had we put exactly that right, would they have stayed or chosen us?
select
    form_kind,
    coalesce(choice_refs[1], case when is_answered then 'other' else 'left empty' end) as answer,
    count(*) as response_count,
    cast(sum(response_count) over (partition by form_kind) as bigint) as shown_count,
    marts.share(response_count, shown_count) as share,
    marts.share_low(response_count, shown_count) as likely_from,
    marts.share_high(response_count, shown_count) as likely_to
from marts.answers
where question_ref = 'decisive'
group by form_kind, answer
order by form_kind, response_count desc, answer;
