-- One row per answer in words, as typed, in a response that counts.
select
    marts.opaque(
        getvariable('salt'), concat(responses.response_key, '|', verbatims.question_ref)
    ) as verbatim_key,
    responses.response_key,
    responses.form_id,
    responses.response_id,
    responses.form_kind,
    responses.decision_id,
    responses.vote_key,
    responses.account_id,
    responses.respondent,
    verbatims.question_ref,
    verbatims.asks,
    verbatims.text,
    verbatims.text_hash,
    verbatims.stance,
    codings.language,
    verbatims.survey_language,
    -- What a person has coded is settled, unless their reason has been split since.
    case
        when standing.text_hash is not null then false
        when outdated.text_hash is not null then true
        else codings.needs_review
    end as needs_review,
    responses.may_see,
    responses.may_quote,
    responses.submitted_at,
    responses.fetched_at
from staging.verbatims
inner join marts.responses using (response_key)
left join staging.codings using (text_hash, stance)
left join (select distinct
    text_hash,
    stance
from staging.standing_labels) as standing
    on verbatims.text_hash = standing.text_hash and verbatims.stance = standing.stance
left join (
    select distinct text_hash from staging.labels
    where is_outdated
) as outdated
    on verbatims.text_hash = outdated.text_hash
