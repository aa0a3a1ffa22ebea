-- Every scale answer of a customer; its decision and account only where the respondent allows it.
select
    ratings.response_key,
    ratings.response_id,
    ratings.form_kind,
    case when responses.may_see then ratings.decision_id end as decision_id,
    ratings.vote_key,
    case when responses.may_see then ratings.account_id end as account_id,
    ratings.question_ref,
    ratings.about,
    ratings.rating,
    ratings.scale_min,
    ratings.scale_max
from work.marts.ratings
inner join work.marts.responses using (response_key)
where ratings.form_kind not in ('seller', 'staff')
order by ratings.response_key, ratings.question_ref
