-- Every sign that a customer wants to talk or may leave; the account only where allowed.
select
    case when prevention.may_see then prevention.account_id end as account_id,
    prevention.response_key,
    prevention.response_id,
    prevention.form_kind,
    prevention.sign,
    prevention.may_see,
    marts.veiled(prevention.submitted_at, prevention.may_see, heard.counted_on, last_run.as_of)
        as submitted_at,
    marts.veiled(prevention.fetched_at, prevention.may_see, heard.counted_on, last_run.as_of)
        as fetched_at
from work.marts.prevention
left join work.marts.heard using (response_key)
cross join (select max(as_of) as as_of from work.ops.runs) as last_run
order by prevention.response_key, prevention.sign
