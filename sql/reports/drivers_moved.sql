-- One row per answer to "had we put exactly that right, would you have chosen us, or stayed?" and
-- reason: as given there (`source` decisive) or as the main one of those who say so (theirs), among
-- defections whose survey closed in the window; `decisive` is null where it was left open. A row
-- without a source counts the answer. Amounts are of those whose answers may be seen; accounts are
-- named there too, where none of their words may be printed without a name.
with asked as (

    select
        heard.vote_key,
        -- Of colleagues who differ the one counts who says most clearly that it was ours to win.
        case
            when bool_or(answers.choice_refs[1] = 'yes') then 'yes'
            when bool_or(answers.choice_refs[1] = 'maybe') then 'maybe'
            else max(answers.choice_refs[1])
        end as decisive,
        count(distinct answers.choice_refs[1]) > 1 as is_split,
        max_by(
            heard.response_key,
            (
                coalesce(list_position(['no', 'maybe', 'yes'], answers.choice_refs[1]), 0),
                heard.submitted_at, heard.response_key
            )
        ) as response_key,
        list(distinct heard.response_id) as response_ids,
        bool_and(heard.may_see) as may_see,
        bool_and(heard.may_see and responses.may_quote != 'unnamed') as may_name
    from marts.answers
    inner join marts.heard using (response_key)
    inner join marts.responses using (response_key)
    where
        answers.question_ref = 'decisive'
        and heard.is_defection
        and heard.counted_on between $from and $to
        and heard.submitted_at <= $as_of
        and heard.fetched_at <= $as_of
        and ($team::varchar is null or heard.team = $team)
    group by heard.vote_key

),

worth as (

    select distinct
        vote_key,
        amount_usd,
        account_id
    from marts.coverage

),

placed as (

    select
        asked.*,
        worth.amount_usd,
        case when asked.may_name then accounts.account_name end as account_name
    from asked
    left join worth using (vote_key)
    left join marts.accounts using (account_id)

),

named as (

    select distinct
        placed.*,
        case drivers.source when 'decisive' then 'decisive' else 'theirs' end as source,
        drivers.reason,
        drivers.label
    from placed
    inner join marts.drivers using (response_key)
    where
        drivers.reason is not null
        and (drivers.source = 'decisive' or (drivers.is_theirs and drivers.is_primary))

    union all by name

    select * from placed

)

select
    decisive,
    source,
    reason,
    label,
    count(*) as decision_count,
    count(*) filter (where is_split) as split_count,
    count(*) filter (where not may_see) as confided_count,
    count(*) filter (where may_see and amount_usd is null) as without_amount_count,
    sum(amount_usd) filter (where may_see) as seen_amount_usd,
    list_sort(list(distinct account_name) filter (where account_name is not null))
        as account_names,
    list_sort(list_distinct(flatten(list(response_ids)))) as response_ids
from named
group by all
order by decisive, source nulls first, decision_count desc, reason
