-- Every finding as sent, without what joins its quote to a response. Words without a name stand in
-- the company's editions alone: a team's, or a seller's, would show where they were said.
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
    case when judged.is_shown then findings.attribution end as attribution,
    findings.codebook_version,
    findings.as_of
from work.marts.findings
inner join (
    select
        sent.edition_id,
        sent.lens,
        sent.position,
        editions.report = 'weekly' or coalesce(responses.may_quote = 'named', false) as is_shown
    from work.marts.findings as sent
    inner join work.ops.editions using (edition_id)
    left join work.marts.responses using (form_id, response_id)
) as judged using (edition_id, lens, position)
order by findings.edition_id, findings.lens, findings.position
