-- Every sign that an account may leave; the account only where allowed, or from our own diary.
select
    case when warnings.may_see then warnings.account_id end as account_id,
    warnings.sign,
    marts.veiled(warnings.since_on, warnings.may_see, heard.counted_on, last_run.as_of)
        as since_on,
    warnings.until_on,
    warnings.response_key,
    warnings.may_see,
    marts.veiled(warnings.submitted_at, warnings.may_see, heard.counted_on, last_run.as_of)
        as submitted_at,
    marts.veiled(warnings.fetched_at, warnings.may_see, heard.counted_on, last_run.as_of)
        as fetched_at
from work.marts.warnings
left join work.marts.heard using (response_key)
cross join (select max(as_of) as as_of from work.ops.runs) as last_run
order by warnings.response_key nulls last, warnings.sign, warnings.account_id, since_on
