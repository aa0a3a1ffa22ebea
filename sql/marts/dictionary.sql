-- One row per schema, relation or column of this file that analysts read, and per macro that they
-- call, with what it means.
with schemas as (

    -- DuckDB keeps no comments on schemas.
    select
        written.schema_name,
        written.meaning
    from (
        values
        (
            'staging',
            'What was received, unfolded and typed: one relation per thing, nothing decided yet.'
            || ' Only in the work file.'
        ),
        (
            'marts',
            'What the business asks about: decisions, accounts, responses, answers, reasons, and'
            || ' a relation for every way of looking at them.'
        ),
        (
            'seeds',
            'What people set: the codebook, the questions, rivals'' names and settings.'
        )
    ) as written (schema_name, meaning)

),

relations as (

    select
        schema_name,
        table_name as relation_name,
        comment as meaning
    from duckdb_tables()
    where database_name = current_database()

    union all

    select
        schema_name,
        view_name as relation_name,
        comment as meaning
    from duckdb_views()
    where database_name = current_database()

),

-- Of the macros those that are made to be called by hand.
macros as (

    select
        functions.schema_name,
        functions.function_name as relation_name,
        concat('macro (', array_to_string(functions.parameters, ', '), ')') as data_type,
        written.meaning
    from (
        values
        (
            'share',
            'A share as a report says it, 0 to 1 in hundredths: event_count of total_count.'
            || ' Null where total_count is below 15: say the counts alone.'
        ),
        (
            'share_low',
            'Lower end of what a share is likely to be, in hundredths: wilson_low, rounded.'
            || ' Null where total_count is below 5: say the counts alone.'
        ),
        (
            'share_high',
            'Upper end of what a share is likely to be, in hundredths: wilson_high, rounded.'
            || ' Null where total_count is below 5: say the counts alone.'
        ),
        (
            'wilson_low',
            'Lower end of the 95 % Wilson score interval of event_count in total_count, 0 to 1.'
            || ' Null where total_count is 0; of any other count it says something.'
        ),
        (
            'wilson_high',
            'Upper end of the 95 % Wilson score interval of event_count in total_count, 0 to 1.'
            || ' Null where total_count is 0; of any other count it says something.'
        )
    ) as written (function_name, meaning)
    inner join duckdb_functions() as functions
        on
            functions.schema_name = 'marts'
            and written.function_name = functions.function_name
    where functions.database_name = current_database()

),

listed as (

    select
        schema_name,
        null as relation_name,
        null as column_name,
        null as column_position,
        null as data_type,
        meaning
    from schemas
    where schema_name in (select relations.schema_name from relations)

    union all

    select
        schema_name,
        relation_name,
        null as column_name,
        null as column_position,
        null as data_type,
        meaning
    from relations

    union all

    select
        schema_name,
        relation_name,
        null as column_name,
        null as column_position,
        data_type,
        meaning
    from macros

    union all

    select
        schema_name,
        table_name as relation_name,
        column_name,
        column_index as column_position,
        replace(lower(data_type), 'timestamp with time zone', 'timestamptz') as data_type,
        comment as meaning
    from duckdb_columns()
    where database_name = current_database()

)

select *
from listed
where schema_name in (select schemas.schema_name from schemas)
order by
    schema_name,
    relation_name nulls first,
    column_position nulls first
