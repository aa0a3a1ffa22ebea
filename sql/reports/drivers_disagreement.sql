-- One row per ticked reason and the different main reason the same respondents wrote, among
-- defections whose survey closed in the window.
with heard as (

    select
        vote_key,
        response_id,
        source,
        reason,
        label,
        is_primary
    from marts.drivers
    where
        closes_on between $from and $to
        and submitted_at <= $as_of
        and fetched_at <= $as_of
        and ($team::varchar is null or team = $team)
        and reason is not null

),

pairs as (

    select
        ticked.vote_key,
        ticked.response_id,
        ticked.reason as chosen_reason,
        written.reason as written_reason,
        ticked.label as chosen_label,
        written.label as written_label
    from heard as ticked
    inner join heard as written using (response_id)
    where
        ticked.source = 'chosen'
        and written.source = 'written'
        and written.is_primary

),

everyone as (

    select count(distinct vote_key) as both_count
    from pairs

)

select
    pairs.chosen_reason,
    pairs.written_reason,
    pairs.chosen_label,
    pairs.written_label,
    count(distinct pairs.vote_key) as decision_count,
    everyone.both_count,
    list_sort(list(distinct pairs.response_id)) as response_ids
from pairs
cross join everyone
where pairs.chosen_reason != pairs.written_reason
group by all
order by decision_count desc, pairs.chosen_reason, pairs.written_reason
