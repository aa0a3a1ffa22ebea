-- In how many decisions could each of our first reasons be named, if the silent had spoken?
-- A reason is named in a decision where at least one person gives it as the main one: what several
-- reasons have at the least or at the most may add to more than one.
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

),

silent as (

    select count(distinct vote_key) as silent_count
    from marts.coverage
    where ask_state in ('never_asked', 'closed_silent')

)

select
    main.label as reason,
    count(*) as named_by_someone_count,
    heard.gave_a_reason_count,
    silent.silent_count,
    round(named_by_someone_count / (heard.gave_a_reason_count + silent.silent_count), 2)
        as at_least,
    round(
        (named_by_someone_count + silent.silent_count)
        / (heard.gave_a_reason_count + silent.silent_count),
        2
    ) as at_most
from main
cross join heard
cross join silent
group by main.label, heard.gave_a_reason_count, silent.silent_count
order by named_by_someone_count desc, reason
limit 5;
