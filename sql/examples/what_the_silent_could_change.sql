-- How many could our first reasons be, at the least and the most, if the silent think otherwise?
with asked as (

    select
        count(distinct vote_key) filter (where ask_state = 'answered') as heard_count,
        count(distinct vote_key) filter (where ask_state in ('never_asked', 'closed_silent'))
            as silent_count
    from marts.coverage

),

main as (

    select
        label as reason,
        count(distinct vote_key) as decision_count
    from marts.drivers
    where is_theirs and is_primary
    group by label

)

select
    main.reason,
    main.decision_count,
    asked.heard_count,
    asked.silent_count,
    round(main.decision_count / (asked.heard_count + asked.silent_count), 2) as at_least,
    round(
        (main.decision_count + asked.silent_count) / (asked.heard_count + asked.silent_count), 2
    ) as at_most
from main
cross join asked
order by main.decision_count desc, main.reason
limit 5;
