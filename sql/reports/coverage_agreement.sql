-- One row per pair of judges and reason that either gave: how far they agree on it, with the
-- codebook in force; without a reason, on all at once. A reason of the edition (`is_named`: read in
-- words about exits whose survey closed since the window began, or runs still) that neither pair
-- gave has a row without a pair.
with named as (

    select
        reason,
        any_value(label) as label
    from marts.drivers
    where
        source != 'chosen'
        and reason is not null
        and submitted_at <= $as_of
        and fetched_at <= $as_of
        and closes_on >= $from
        and ($team::varchar is null or team = $team)
    group by reason

),

checked as (

    select *
    from marts.agreement
    where is_in_force

)

select
    coalesce(checked.reason, named.reason) as reason,
    coalesce(checked.label, named.label, checked.reason) as label,
    named.reason is not null as is_named,
    checked.pair,
    checked.text_count,
    checked.both_count,
    checked.one_count,
    checked.neither_count,
    checked.overlap,
    checked.alpha,
    checked.alpha_low,
    checked.alpha_high,
    checked.is_tentative
from checked
full join named on checked.reason = named.reason
order by reason nulls first, pair nulls first
