-- One row per reason our side logged for a decision, each wording at the moment it was logged.
with received as (

    select
        *,
        concat(seller_value, '|', seller_text) as words,
        lag(words) over (
            partition by decision_id, seller_id, recorded_at order by fetched_at, row_hash
        ) as words_before
    from raw.seller_reasons
    where coalesce(nullif(seller_value, ''), nullif(seller_text, '')) is not null

),

worded as (

    select
        *,
        count(*) filter (where words is distinct from words_before) over (
            partition by decision_id, seller_id, recorded_at order by fetched_at, row_hash
        ) as wording
    from received

),

dated as (

    -- A reason reworded under its old date counts as logged when the new words reached us.
    select
        *,
        min(fetched_at) over (
            partition by decision_id, seller_id, recorded_at, wording
        ) as received_at,
        case when wording = 1 then coalesce(recorded_at, received_at) else received_at end
            as logged_at
    from worded

),

exported as (

    select
        dated.decision_id,
        dated.seller_id,
        dated.seller_value,
        -- A retired reason counts as what it became, one that was split as the family.
        case when reasons.reason is null then map.reason else reasons.counts_as end as reason,
        dated.seller_text,
        dated.confidence,
        'crm' as logged_in,
        cast(null as varchar) as response_key,
        dated.logged_at as recorded_at,
        dated.received_at as fetched_at
    from dated
    left join seeds.seller_reasons as map
        on trim(regexp_replace(lower(dated.seller_value), '\s+', ' ', 'g')) = map.seller_value
    left join staging.reasons on map.reason = reasons.reason
    qualify row_number() over (
        partition by dated.decision_id, dated.seller_id, dated.logged_at
        order by dated.fetched_at desc, dated.row_hash asc
    ) = 1

),

filled_in as (

    select
        responses.response_key,
        responses.decision_id,
        max(answers.choice_refs[1]) filter (where answers.question_ref = 'reason_ours')
            as ticked,
        max(answers.other_text) filter (where answers.question_ref = 'reason_ours')
            as other_reason,
        max(answers.text_value) filter (where answers.question_ref = 'reason_ours_words')
            as words,
        max(answers.number_value / answers.scale_max) filter (
            where answers.question_ref = 'confidence_ours'
        ) as confidence,
        coalesce(responses.submitted_at, responses.fetched_at) as recorded_at,
        responses.fetched_at
    from staging.responses
    inner join staging.answers using (response_key)
    where
        responses.form_kind = 'seller'
        and responses.response_type = 'completed'
        and responses.signature in ('valid', 'not_required')
        and responses.decision_id is not null
    group by all

)

from exported

union all by name

select
    filled_in.decision_id,
    decisions.seller_id,
    filled_in.ticked as seller_value,
    reasons.counts_as as reason,
    nullif(concat_ws('; ', filled_in.other_reason, filled_in.words), '') as seller_text,
    filled_in.confidence,
    'seller_form' as logged_in,
    filled_in.response_key,
    filled_in.recorded_at,
    filled_in.fetched_at
from filled_in
left join staging.decisions using (decision_id)
left join staging.reasons on filled_in.ticked = reasons.reason
where coalesce(filled_in.ticked, filled_in.other_reason, filled_in.words) is not null
