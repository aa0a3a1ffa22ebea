-- One row per text of a customer and its stance: what was asked, what the coder makes of it, what
-- rests on it, and its draw. Who wrote it, when and to whom is not here.
with printed as (

    select
        form_id,
        response_id,
        question_ref
    from ops.printed_quotes

    union

    select
        form_id,
        response_id,
        question_ref
    from ops.findings
    where quote is not null

),

-- Responses behind a finding's figure.
counted as (

    select distinct unnest(row_ids) as response_id
    from ops.findings

),

machine as (

    select
        text_hash,
        stance,
        arg_max(confidence, (is_primary, confidence, reason)) as confidence
    from staging.codes
    group by text_hash, stance

)

select
    verbatims.text_hash,
    verbatims.stance,
    min(verbatims.text) as text,
    min(answers.question_title) as question_title,
    min(verbatims.form_kind) as form_kind,
    min(decisions.decision_kind) as decision_kind,
    any_value(codings.language) as language,
    coalesce(any_value(codings.needs_review), true) as needs_review,
    any_value(machine.confidence) as confidence,
    coalesce(bool_or(
        printed.form_id is not null
        or (verbatims.asks = 'reason' and counted.response_id is not null)
    ), false) as is_printed,
    bool_or(coalesce(verbatims.may_quote in ('named', 'unnamed'), false)) as may_quote,
    -- What was the reason, asked about a decision for which our side has logged one.
    coalesce(
        bool_or(verbatims.asks = 'reason' and verdicts.seller_reason is not null), false
    ) as is_verdict,
    sha256(
        concat(getvariable('salt'), '|review|', verbatims.text_hash, '|', verbatims.stance)
    ) as draw
from marts.verbatims
left join marts.answers using (response_key, question_ref)
left join staging.decisions on verbatims.decision_id = decisions.decision_id
left join marts.verdicts on verbatims.decision_id = verdicts.decision_id and decisions.is_defection
left join staging.codings
    on verbatims.text_hash = codings.text_hash and verbatims.stance = codings.stance
left join machine
    on verbatims.text_hash = machine.text_hash and verbatims.stance = machine.stance
left join printed
    on
        verbatims.form_id = printed.form_id
        and verbatims.response_id = printed.response_id
        and verbatims.question_ref = printed.question_ref
left join counted on verbatims.response_id = counted.response_id
where verbatims.form_kind not in ('seller', 'staff')
group by verbatims.text_hash, verbatims.stance
order by verbatims.text_hash, verbatims.stance
