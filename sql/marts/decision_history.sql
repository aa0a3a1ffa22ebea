-- One row per state of a decision: what it was from one moment to the next, open ones too.
with moments as (

    select
        decision_id,
        changed_at as holds_from,
        any_value({ 'held': field_value }) filter (where field = 'decision_kind') as decision_kind,
        any_value({ 'held': field_value }) filter (where field = 'outcome') as outcome,
        any_value({ 'held': field_value }) filter (where field = 'stage') as stage,
        any_value({ 'held': field_value }) filter (where field = 'amount') as amount,
        any_value({ 'held': field_value }) filter (where field = 'competitor') as competitor,
        max(decided_on) as decided_on,
        max(
            case
                when field = 'decision_kind' and field_value != 'open'
                    then coalesce(decided_on, cast(changed_at as date))
            end
        ) as taken_on,
        min(told_by) as told_by,
        max(fetched_at) as fetched_at
    from staging.decision_changes
    group by decision_id, changed_at

),

-- Most decisions have one state only: these need no comparing.
several as (

    select decision_id
    from moments
    group by decision_id
    having count(*) > 1

),

filled as (

    select
        decision_id,
        holds_from,
        last_value(decision_kind ignore nulls) over so_far as decision_kind,
        last_value(outcome ignore nulls) over so_far as outcome,
        last_value(stage ignore nulls) over so_far as stage,
        last_value(amount ignore nulls) over so_far as amount,
        last_value(competitor ignore nulls) over so_far as competitor,
        decided_on,
        taken_on,
        told_by,
        fetched_at,
        false as is_settled
    from moments
    inner join several using (decision_id)
    window
        so_far as (
            partition by decision_id order by holds_from
            rows between unbounded preceding and current row
        )

    union all by name

    select
        decision_id,
        holds_from,
        decision_kind,
        outcome,
        stage,
        amount,
        competitor,
        decided_on,
        taken_on,
        told_by,
        fetched_at,
        true as is_settled
    from moments
    anti join several using (decision_id)

),

states as (

    select
        filled.decision_id,
        filled.holds_from,
        filled.decision_kind.held as decision_kind,
        case
            when filled.decision_kind.held = 'lost' then coalesce(filled.outcome.held, 'unknown')
            else filled.outcome.held
        end as outcome,
        filled.stage.held as stage,
        -- In dollars by the rate of the decision as it stands.
        round(
            try_cast(filled.amount.held as double) * case
                when decisions.currency is null then 1
                else decisions.amount_usd / nullif(decisions.amount, 0)
            end, 2
        ) as amount_usd,
        filled.competitor.held as competitor,
        filled.decided_on,
        filled.taken_on,
        filled.told_by,
        filled.fetched_at,
        filled.is_settled
    from filled
    inner join staging.decisions using (decision_id)

),

neighbours as (

    select
        * exclude (is_settled),
        lead(holds_from) over by_time as holds_until,
        lag(decision_kind) over by_time as kind_before
    from states
    where not is_settled
    window by_time as (partition by decision_id order by holds_from)

),

remembered as (

    select
        *,
        max(holds_until) filter (where decision_kind != 'open') over so_far as left_at,
        last_value(decided_on ignore nulls) over so_far as decided_before,
        last_value(taken_on ignore nulls) over so_far as taken_before
    from neighbours
    window so_far as (
        partition by decision_id order by holds_from
        rows between unbounded preceding and 1 preceding
    )

),

counted as (

    select
        *,
        -- Reopened within the day and nothing new decided, it was a slip of the hand.
        case
            when left_at is null or decision_kind = 'open' then false
            when kind_before = 'open' and holds_from < left_at + interval 1 day
                then decided_on != decided_before
            when kind_before = 'open' then true
            else decision_kind != kind_before and taken_on > taken_before
        end as is_retaken
    from remembered

)

select
    decision_id,
    holds_from,
    holds_until,
    decision_kind,
    outcome,
    stage,
    amount_usd,
    competitor,
    count(*) filter (where is_retaken) over (
        partition by decision_id order by holds_from
    ) as retaken_count,
    holds_until is null as is_latest,
    told_by,
    fetched_at
from counted

union all by name

select
    decision_id,
    holds_from,
    null as holds_until,
    decision_kind,
    outcome,
    stage,
    amount_usd,
    competitor,
    0 as retaken_count,
    true as is_latest,
    told_by,
    fetched_at
from states
where is_settled
