-- One row per rival to whom those we heard went, their survey closed in the window: as they named
-- it, otherwise as the CRM has it. Null where nobody says whom they chose, if anybody.
-- Needs the work file.
select
    loyalty.rival,
    count(distinct heard.voter_key) as voter_count,
    list_sort(list(distinct heard.response_id)) as response_ids
from marts.loyalty
inner join marts.heard using (response_key)
where
    heard.is_defection
    and heard.counted_on between $from and $to
    and heard.submitted_at <= $as_of
    and heard.fetched_at <= $as_of
    and ($team::varchar is null or heard.team = $team)
group by loyalty.rival
order by voter_count desc, loyalty.rival
