-- Every finding as sent, without what joins its quote to a response. Its words stand here only
-- while the customer allows it, and as they would be printed today: none of an answer that was
-- deleted, taken back or edited since, or that holds a name we have learned since. Words without a
-- name stand in the company's editions alone, and beside no figure of a handful: a team's, or a
-- seller's, would show where they were said.
select
    findings.edition_id,
    findings.lens,
    findings.position,
    findings.reason,
    findings.claim,
    findings.figure_count,
    findings.figure_total,
    findings.low,
    findings.high,
    case when judged.is_shown then findings.quote end as quote,
    case
        when judged.is_shown and judged.is_named then findings.attribution
        when judged.is_shown then 'Name withheld'
    end as attribution,
    findings.codebook_version,
    findings.as_of
from work.marts.findings
inner join (
    select
        sent.edition_id,
        sent.lens,
        sent.position,
        coalesce(responses.may_quote = 'named' and responses.may_see, false) as is_named,
        standing.edition_id is not null
        and (is_named or (editions.report = 'weekly' and sent.figure_total >= 5)) as is_shown
    from work.marts.findings as sent
    inner join work.ops.editions using (edition_id)
    left join work.marts.responses
        on sent.form_id = responses.form_id and sent.response_id = responses.response_id
    left join standing_quotes as standing
        on
            sent.edition_id = standing.edition_id
            and sent.lens = standing.lens
            and sent.position = standing.position
) as judged using (edition_id, lens, position)
order by findings.edition_id, findings.lens, findings.position
