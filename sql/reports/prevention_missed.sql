-- One row per reason that customers named when asked what we miss, in the window and in as many
-- weeks before it; by the day they answered.
-- Needs the work file.
with said as (

    select
        codes.reason,
        codes.response_id,
        coalesce(verbatims.vote_key, verbatims.account_id, verbatims.response_key) as voter_key,
        cast(timezone($zone, verbatims.submitted_at) as date) >= $from as is_window
    from marts.verbatims
    inner join marts.codes using (verbatim_key)
    left join marts.decisions on verbatims.vote_key = decisions.vote_key
    where
        verbatims.question_ref = 'missed'
        and verbatims.form_kind not in ('seller', 'staff')
        and codes.polarity not in ('ours_good', 'theirs_bad')
        and cast(timezone($zone, verbatims.submitted_at) as date)
        between $from - cast(1 + $week_to - $from as integer) and $week_to
        and verbatims.submitted_at <= $as_of
        and verbatims.fetched_at <= $as_of
        and ($team::varchar is null or decisions.team = $team)

)

select
    said.reason,
    any_value(coalesce(codebook.label, said.reason)) as label,
    count(distinct said.voter_key) filter (where said.is_window) as now_count,
    count(distinct said.voter_key) filter (where not said.is_window) as before_count,
    coalesce(list_sort(list(distinct said.response_id) filter (where said.is_window)), [])
        as now_ids,
    coalesce(list_sort(list(distinct said.response_id) filter (where not said.is_window)), [])
        as before_ids
from said
left join marts.codebook using (reason)
group by said.reason
order by now_count desc, before_count desc, said.reason
