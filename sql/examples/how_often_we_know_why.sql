-- How often is the reason we logged the one the customer gives, and has that become better?
with votes as (

    select
        marts.agreement(verdict, reason, is_primary) as verdict,
        min(closes_on) as closes_on
    from marts.know_why
    where may_see and superseded_at is null
    group by vote_key

    union all

    -- Heard in confidence: the verdict counts, and nothing says of when it is.
    select
        verdict,
        null as closes_on
    from marts.know_why
    where not may_see

)

select
    coalesce(
        cast(cast(date_trunc('quarter', closes_on) as date) as varchar), 'heard in confidence'
    ) as quarter_from,
    count(*) filter (where verdict = 'right') as right_count,
    count(*) filter (where verdict = 'partly') as partly_count,
    count(*) filter (where verdict = 'wrong') as wrong_count,
    count(*) as both_spoke_count,
    marts.share(right_count, both_spoke_count) as right_share,
    marts.share_low(right_count, both_spoke_count) as likely_from,
    marts.share_high(right_count, both_spoke_count) as likely_to
from votes
group by quarter_from
order by quarter_from desc
limit 20;
