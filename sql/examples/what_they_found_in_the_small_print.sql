-- What turned out different from what we had said, in their own words where we have them?
select
    heard.decision_kind,
    heard.form_kind,
    count(distinct heard.voter_key) filter (where list_contains(respect.shown_refs, 'misled'))
        as asked_count,
    count(distinct heard.voter_key) filter (where respect.is_misled) as misled_count,
    count(distinct heard.voter_key) filter (
        where list_contains(respect.shown_refs, 'misled') and respect.is_misled is null
    ) as left_open_count,
    (
        select list(verbatims.text order by verbatims.verbatim_key)
        from marts.verbatims
        where
            verbatims.question_ref = 'misled_words'
            -- Words without a name do not say of which form they are.
            and coalesce(verbatims.form_kind, heard.form_kind) = heard.form_kind
            and verbatims.text is not null
    ) as words
from marts.respect
inner join marts.heard using (response_key)
group by heard.decision_kind, heard.form_kind
having asked_count > 0
order by misled_count desc, heard.form_kind, heard.decision_kind;
