-- One row per period (window, before), team and phrase, null for the notes alone: how many notes
-- our side wrote, and how many phrases of seeds.talk_terms they hold about customers. `is_audience`
-- tells the team that the edition is for, and `is_company` that it is for all of them.
-- Needs the work file.
with notes as (

    select
        periods.period,
        coalesce(decisions.team, '') as team,
        seller_reasons.decision_id,
        seller_reasons.seller_id,
        seller_reasons.recorded_at
    from marts.seller_reasons
    inner join marts.periods($from, $to, $week_from, $week_to) as periods
        on
            periods.period in ('window', 'before')
            and cast(timezone($zone, seller_reasons.recorded_at) as date)
            between periods.from_on and periods.to_on
    left join marts.decisions using (decision_id)
    where
        regexp_matches(seller_reasons.seller_text, '[\pL\pN]')
        and seller_reasons.recorded_at <= $as_of
        and seller_reasons.fetched_at <= $as_of

),

flagged as (

    select
        notes.*,
        note_flags.term
    from notes
    inner join marts.note_flags
        on
            notes.decision_id = note_flags.decision_id
            and notes.recorded_at = note_flags.recorded_at
            and notes.seller_id is not distinct from note_flags.seller_id

),

written as (

    select
        period,
        team,
        count(*) as note_count,
        count(distinct seller_id) as seller_count
    from notes
    group by period, team

),

flags as (

    select
        period,
        team,
        term,
        count(*) as flag_count,
        count(distinct row(decision_id, seller_id, recorded_at)) as flagged_count
    from flagged
    group by grouping sets ((period, team), (period, team, term))

)

select
    written.period,
    written.team,
    flags.term,
    $team::varchar is null as is_company,
    $team::varchar is null or written.team = $team as is_audience,
    written.note_count,
    written.seller_count,
    coalesce(flags.flag_count, 0) as flag_count,
    coalesce(flags.flagged_count, 0) as flagged_count
from written
left join flags using (period, team)
order by written.period, written.team, flags.term nulls first
