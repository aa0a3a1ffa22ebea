-- One row per reason our side logged for a decision.
with answered as (

    select
        decision_id,
        retaken_count,
        min(submitted_at) as answered_at
    from marts.responses
    where vote_key is not null
    group by decision_id, retaken_count

),

-- A decision that came back has our reasons of each time it was taken, from that day on.
retaken as (

    select
        decision_id,
        date_trunc('day', min(holds_from)) as taken_on,
        retaken_count
    from marts.decision_history
    where retaken_count > 0
    group by decision_id, retaken_count

),

placed as (

    select
        seller_reasons.*,
        coalesce(retaken.retaken_count, 0) as retaken_count
    from staging.seller_reasons
    asof left join retaken
        on
            seller_reasons.decision_id = retaken.decision_id
            and seller_reasons.recorded_at >= retaken.taken_on

),

judged as (

    select
        placed.*,
        shown.first_shown_at,
        placed.recorded_at <= coalesce(shown.first_shown_at, timestamptz '9999-01-01')
            as is_knowing,
        placed.recorded_at < coalesce(answered.answered_at, timestamptz '9999-01-01')
            as is_before_answer
    from placed
    left join marts.shown using (decision_id, retaken_count)
    left join answered using (decision_id, retaken_count)

)

select
    judged.decision_id,
    marts.opaque(getvariable('salt'), judged.decision_id) as vote_key,
    judged.seller_id,
    judged.seller_value,
    judged.reason,
    reasons.parent,
    coalesce(
        reasons.label,
        case when judged.seller_value = 'unknown' then 'no reason known' end,
        'an unsorted reason'
    ) as label,
    judged.seller_text,
    judged.confidence,
    judged.logged_in,
    judged.response_key,
    judged.retaken_count,
    judged.recorded_at,
    judged.first_shown_at,
    judged.is_knowing,
    judged.is_before_answer,
    judged.fetched_at,
    -- A reason stands until a later one that counts as knowing has reached us.
    min(
        case
            when judged.is_knowing and judged.reason is not null
                then greatest(judged.recorded_at, judged.fetched_at)
        end
    ) over (
        partition by judged.decision_id order by judged.recorded_at
        groups between 1 following and unbounded following
    ) as superseded_at
from judged
inner join staging.decisions using (decision_id)
left join staging.reasons on judged.reason = reasons.reason
