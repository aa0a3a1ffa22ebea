-- One row per customer who was talked down to or misled, one by one, of all who said so by the
-- end of the week, the newest first; is_window for those who did within the window's weeks.
-- Needs the work file.
select
    harms.harm,
    heard.response_id,
    heard.form_kind,
    list_contains(respect.answered_refs, concat(harms.harm, '_words')) as has_words,
    cast(timezone($zone, heard.submitted_at) as date) >= $from as is_window,
    cast(timezone($zone, heard.submitted_at) as date) >= $week_from as is_week
from marts.respect
inner join marts.heard using (response_key)
cross join (values ('condescended'), ('misled')) as harms (harm)
where
    case harms.harm when 'misled' then respect.is_misled else respect.is_condescended end
    and cast(timezone($zone, heard.submitted_at) as date) <= $week_to
    and heard.submitted_at <= $as_of
    and heard.fetched_at <= $as_of
    and ($team::varchar is null or heard.team = $team)
order by heard.submitted_at desc, heard.response_id, harms.harm
