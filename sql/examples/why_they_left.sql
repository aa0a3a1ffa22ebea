-- Why did customers leave us, or not choose us, by the main reason they gave themselves?
with main as (

    select distinct
        vote_key,
        label
    from marts.drivers
    where is_theirs and is_primary

),

heard as (

    select count(distinct vote_key) as heard_count
    from main

)

select
    main.label as reason,
    count(*) as decision_count,
    heard.heard_count,
    marts.share(decision_count, heard.heard_count) as share,
    marts.share_low(decision_count, heard.heard_count) as likely_from,
    marts.share_high(decision_count, heard.heard_count) as likely_to
from main
cross join heard
group by main.label, heard.heard_count
order by decision_count desc, reason
limit 40;
