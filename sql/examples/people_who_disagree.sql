-- Where did several people of one customer give different main reasons for the same decision?
with main as (

    select
        vote_key,
        decision_id,
        decision_kind,
        response_key,
        list_sort(list(distinct label)) as labels
    from marts.drivers
    where is_theirs and is_primary
    group by vote_key, decision_id, decision_kind, response_key

)

select
    main.decision_kind,
    accounts.account_name,
    count(*) as respondent_count,
    list_sort(list_distinct(flatten(list(main.labels)))) as main_reasons
from main
left join marts.decisions using (decision_id)
left join marts.accounts using (account_id)
group by main.vote_key, main.decision_kind, accounts.account_name
having respondent_count > 1 and len(main_reasons) > 1
order by
    respondent_count desc,
    accounts.account_name nulls last,
    main.decision_kind,
    main_reasons
limit 40;
