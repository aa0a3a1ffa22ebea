-- One row per team: how much there is to tell, so that nobody is told apart. Heard counts exits
-- of the window by voice and by closed survey, pairs those whose reason we can compare.
-- Needs the work file.
with told as (

    select
        decisions.team,
        decisions.vote_key,
        decisions.seller_id,
        decisions.verdict in ('right', 'partly', 'wrong') as is_pair,
        decisions.closes_on between $from and $to as is_closed,
        bool_or(cast(timezone($zone, responses.submitted_at) as date) between $from and $week_to)
            as is_voice
    from marts.decisions
    inner join marts.responses using (vote_key)
    where
        decisions.is_defection
        and responses.submitted_at <= $as_of
        and responses.fetched_at <= $as_of
    group by all

)

select
    coalesce(team, '') as team,
    count(distinct vote_key) filter (where is_voice) as voice_count,
    count(distinct vote_key) filter (where is_closed) as closed_count,
    count(distinct vote_key) filter (where is_closed and is_pair) as pair_count,
    count(distinct seller_id) filter (where is_voice or is_closed) as seller_count
from told
where is_voice or is_closed
group by team
order by team
