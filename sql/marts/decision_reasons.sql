-- One row per reason of a decision as one respondent gave it, and where they gave it.
with spoken as (

    select
        verbatims.response_key,
        case verbatims.asks when 'reason' then 'written' else 'decisive' end as source,
        codes.reason,
        codes.parent,
        codes.polarity,
        row_number() over (
            partition by verbatims.response_key, verbatims.asks
            order by
                codes.is_primary desc, codes.confidence desc, codes.span_start asc, codes.reason
        ) = 1 as is_primary
    from marts.codes
    inner join marts.verbatims using (verbatim_key)
    where
        verbatims.asks in ('reason', 'decisive_words')
        and case verbatims.stance
            when 'against' then codes.polarity <> 'ours_good' and codes.polarity <> 'theirs_bad'
            when 'for' then codes.polarity <> 'ours_bad' and codes.polarity <> 'theirs_good'
            else true
        end
    qualify row_number() over (
        partition by verbatims.response_key, verbatims.asks, codes.reason
        order by codes.is_primary desc, codes.confidence desc, codes.span_start asc
    ) = 1

),

ticked as (

    select
        answers.response_key,
        'chosen' as source,
        reasons.reason,
        reasons.parent,
        'neutral' as polarity,
        true as is_primary
    from marts.answers
    -- A retired reason counts as what it became, one that was split as the family, if any.
    inner join staging.reasons as chosen on answers.choice_refs[1] = chosen.reason
    inner join staging.reasons on chosen.counts_as = reasons.reason
    where answers.question_ref = 'reason_chosen'

),

unmoved as (

    select response_key
    from marts.answers
    where question_ref = 'decisive' and choice_refs[1] = 'no'

),

-- Of a decision that came back, what was said of the last time it was taken alone is theirs.
came_back as (

    select
        decision_id,
        max(retaken_count) as retaken_count
    from marts.decision_history
    where retaken_count > 0
    group by decision_id

),

given as (

    select * from spoken
    where source = 'written' or response_key not in (from unmoved)

    union all by name

    select * from ticked

)

select
    responses.response_key,
    responses.response_id,
    responses.decision_id,
    responses.vote_key,
    responses.account_id,
    given.source,
    given.reason,
    given.parent,
    reasons.label,
    given.is_primary,
    given.polarity,
    (
        given.source = 'written' or (
            given.source = 'chosen'
            and not exists (
                select 1 from spoken
                where spoken.response_key = given.response_key and spoken.source = 'written'
            )
        )
    )
    and coalesce(came_back.retaken_count = responses.retaken_count, true)
    -- Who answered twice is one respondent, and says what they said last.
    and rank() over (
        partition by
            responses.decision_id, coalesce(responses.respondent, responses.response_key)
        order by responses.submitted_at desc, responses.response_key desc
    ) = 1 as is_theirs,
    responses.may_see,
    responses.submitted_at,
    responses.fetched_at
from given
inner join marts.responses using (response_key)
left join came_back on responses.decision_id = came_back.decision_id
left join staging.reasons on given.reason = reasons.reason
where responses.vote_key is not null
