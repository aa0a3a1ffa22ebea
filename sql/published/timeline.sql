-- Every decision's dates; the respondent's own only where they allow it, and somebody was heard
-- openly about the time that stands.
select
    timeline.decision_id,
    case when allowed.may_see then timeline.first_doubt_on end as first_doubt_on,
    case when allowed.may_see then timeline.told_us_on end as told_us_on,
    case when allowed.may_see then timeline.we_asked_on end as we_asked_on,
    case when allowed.may_see then timeline.decided_inside_on end as decided_inside_on,
    timeline.invited_at,
    timeline.decided_on
from work.marts.timeline
left join (
    select
        responses.decision_id,
        bool_and(responses.may_see)
        and bool_or(responses.retaken_count = decisions.retaken_count) as may_see
    from work.marts.responses
    inner join work.marts.decisions using (decision_id)
    where responses.vote_key is not null
    group by responses.decision_id
) as allowed using (decision_id)
order by timeline.decision_id
