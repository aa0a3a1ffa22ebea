-- One row per answer in words, as typed, in a response that counts.
with words as (

    select
        responses.*,
        verbatims.question_ref,
        verbatims.asks,
        verbatims.text,
        verbatims.text_hash,
        verbatims.stance,
        verbatims.survey_language
    from staging.verbatims
    inner join renewed as responses using (response_key)

),

-- Narrowed first: what was said of all words is much, and would be held to be looked up in.
coded as (

    select
        codings.text_hash,
        codings.stance,
        codings.language,
        codings.needs_review
    from staging.codings
    semi join words using (text_hash, stance)

),

standing as (

    select distinct
        text_hash,
        stance
    from staging.standing_labels

),

outdated as (

    select distinct text_hash
    from staging.labels
    where is_outdated

)

select
    marts.opaque(
        getvariable('salt'), concat(words.response_key, '|', words.question_ref)
    ) as verbatim_key,
    words.response_key,
    words.form_id,
    words.response_id,
    words.form_kind,
    words.decision_id,
    words.vote_key,
    words.account_id,
    words.respondent,
    words.question_ref,
    words.asks,
    words.text,
    words.text_hash,
    words.stance,
    coded.language,
    words.survey_language,
    -- What a person has coded is settled, unless their reason has been split since.
    case
        when standing.text_hash is not null then false
        when outdated.text_hash is not null then true
        else coded.needs_review
    end as needs_review,
    words.may_see,
    words.may_quote,
    words.submitted_at,
    words.fetched_at
from words
left join coded on words.text_hash = coded.text_hash and words.stance = coded.stance
left join standing on words.text_hash = standing.text_hash and words.stance = standing.stance
left join outdated on words.text_hash = outdated.text_hash
