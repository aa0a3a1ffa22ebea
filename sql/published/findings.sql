-- Every finding as sent, without what joins its quote to a response. Words without a name stand in
-- the company's editions alone: a team's, or a seller's, would show where they were said. Words of
-- a response deleted at the source since then stand nowhere.
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
        responses.response_id is not null
        and (editions.report = 'weekly' or responses.may_quote = 'named') as is_shown
    from work.marts.findings as sent
    inner join work.ops.editions using (edition_id)
    left join work.marts.responses
        on sent.form_id = responses.form_id and sent.response_id = responses.response_id
) as judged using (edition_id, lens, position)
order by findings.edition_id, findings.lens, findings.position
