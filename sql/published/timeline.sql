-- Every decision's dates; the respondent's own only where they allow it.
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
        decision_id,
        bool_and(may_see) as may_see
    from work.marts.responses
    where vote_key is not null
    group by decision_id
) as allowed using (decision_id)
order by timeline.decision_id
