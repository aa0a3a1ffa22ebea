-- Why did customers leave us, or not choose us, by the main reasons named by at least one person?
-- Where several people of one decision disagree, each of their main reasons is named in it: the
-- shares may add to more than one. Which of them stands for the decision the copy shows only where
-- everybody was heard openly (customer_reason in marts.decisions).
with main as (

    select distinct
        vote_key,
        label
    from marts.drivers
    where is_theirs and is_primary

),

heard as (

    select count(distinct vote_key) as gave_a_reason_count
    from main

)

select
    main.label as reason,
    count(*) as named_by_someone_count,
    heard.gave_a_reason_count,
    marts.share(named_by_someone_count, heard.gave_a_reason_count) as share,
    marts.share_low(named_by_someone_count, heard.gave_a_reason_count) as likely_from,
    marts.share_high(named_by_someone_count, heard.gave_a_reason_count) as likely_to
from main
cross join heard
group by main.label, heard.gave_a_reason_count
order by named_by_someone_count desc, reason
limit 40;
