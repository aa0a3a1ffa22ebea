-- One row per moment at which a field of a decision took another value, as the CRM's log of changes
-- tells it, or as the exports show.
-- Most decisions were exported as one thing only: these need no comparing.
with restless as (

    select decision_id
    from raw.decisions
    group by decision_id
    having count(*) > 1

    union

    select decision_id from raw.decision_changes

),

versions as (

    select
        *,
        false as is_settled,
        lag(fetched_at) over by_time as fetched_before,
        lag(decision_kind) over by_time as kind_before
    from (
        from raw.decisions
        semi join restless using (decision_id)
        qualify row_number() over (partition by decision_id, fetched_at order by row_hash) = 1
    ) as counting
    window by_time as (partition by decision_id order by fetched_at)

    union all by name

    select
        *,
        true as is_settled
    from raw.decisions
    anti join restless using (decision_id)

),

-- What an export first shows has held since the day it names, unless the one before says no.
exported as (

    select
        * exclude (row_hash),
        cast(opened_on as timestamptz) as opened_at,
        cast(decided_on as timestamptz) as decided_at,
        coalesce(
            case
                when decision_kind != 'open' and decision_kind is distinct from kind_before
                    then case
                        when
                            decided_at <= fetched_at
                            and decided_on >= coalesce(cast(fetched_before as date), '-infinity')
                            -- Of the day of the export before: since that was read.
                            then greatest(decided_at, fetched_before + interval 1 microsecond)
                    end
                when fetched_before is null and opened_at <= fetched_at then opened_at
            end,
            fetched_at
        ) as held_from
    from versions

),

fields as (

    select unnest(['decision_kind', 'outcome', 'stage', 'amount', 'competitor']) as field

),

logged as (

    select
        decision_id,
        field,
        old_value,
        new_value,
        changed_at,
        change_id,
        fetched_at
    from (
        from raw.decision_changes
        qualify row_number() over (partition by change_id order by fetched_at desc, row_hash) = 1
    ) as standing
    where
        changed_at <= getvariable('as_of') and field in (from fields)

),

in_log as (

    select distinct
        decision_id,
        field
    from logged

),

standing_log as (

    from logged
    qualify row_number() over (
        partition by decision_id, field, changed_at order by change_id desc
    ) = 1

),

begun as (

    select
        decision_id,
        min(began_at) as began_at
    from (
        select
            decision_id,
            least(opened_at, held_from) as began_at
        from exported
        where fetched_before is null and not is_settled

        union all

        select
            decision_id,
            changed_at as began_at
        from logged
    ) as beginnings
    group by decision_id

),

shown as not materialized (

    select
        exported.decision_id,
        fields.field,
        case fields.field
            when 'decision_kind' then exported.decision_kind
            when 'outcome' then exported.outcome
            when 'stage' then exported.stage
            when 'competitor' then exported.competitor
            else cast(coalesce(exported.amount, exported.amount_usd) as varchar)
        end as field_value,
        case
            when in_log.field is null then exported.held_from
            else exported.fetched_at
        end as changed_at,
        exported.decided_on,
        exported.fetched_at,
        exported.is_settled
    from exported
    cross join fields
    left join in_log
        on exported.decision_id = in_log.decision_id and fields.field = in_log.field

),

told as (

    select
        decision_id,
        field,
        new_value as field_value,
        changed_at,
        'crm_history' as told_by,
        change_id,
        fetched_at
    from logged

    union all by name

    -- What a field held before its first logged change.
    select
        first_change.decision_id,
        first_change.field,
        first_change.old_value as field_value,
        begun.began_at as changed_at,
        'crm_history' as told_by,
        '' as change_id,
        first_change.fetched_at
    from (
        from logged
        qualify row_number() over (
            partition by decision_id, field order by changed_at, change_id
        ) = 1
    ) as first_change
    inner join begun using (decision_id)
    where begun.began_at < first_change.changed_at

    union all by name

    -- Of a field with a log an export says what it held when it was read, and no more.
    select
        shown.* exclude (decided_on, is_settled),
        'export' as told_by,
        '' as change_id
    from shown
    asof left join standing_log as last_logged
        on
            shown.decision_id = last_logged.decision_id
            and shown.field = last_logged.field
            and shown.fetched_at >= last_logged.changed_at
    -- What was so before the last logged change is of an export older than the log, unless it
    -- names a later day.
    where
        not shown.is_settled
        and (
            last_logged.field is null
            or shown.field_value is distinct from last_logged.old_value
            or shown.decided_on > cast(last_logged.changed_at as date)
        )

),

latest as (

    from told
    qualify row_number() over (
        partition by decision_id, field, changed_at
        order by told_by, change_id desc, fetched_at desc, field_value
    ) = 1

),

changed as (

    from latest
    -- A field that is told to hold what it held has not changed; nor one that was never filled.
    qualify
        field_value is distinct from lag(field_value) over (
            partition by decision_id, field order by changed_at
        )

),

lasting as (

    select
        *,
        lead(changed_at, 1, 'infinity') over (
            partition by decision_id, field order by changed_at
        ) as changed_next_at
    from changed

)

select
    lasting.decision_id,
    lasting.field,
    lasting.field_value,
    lasting.changed_at,
    -- As the last export said while it was so.
    case
        when
            lasting.field = 'decision_kind' and lasting.field_value != 'open'
            and exported.fetched_at >= lasting.changed_at
            then exported.decided_on
    end as decided_on,
    lasting.told_by,
    lasting.fetched_at
from lasting
asof left join exported
    on
        lasting.decision_id = exported.decision_id
        and lasting.field_value = exported.decision_kind
        and lasting.changed_next_at > exported.fetched_at

union all by name

select
    decision_id,
    field,
    field_value,
    changed_at,
    case when field = 'decision_kind' and field_value != 'open' then decided_on end as decided_on,
    'export' as told_by,
    fetched_at
from shown
where is_settled and field_value is not null
