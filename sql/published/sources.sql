-- Every source and kind of input, by what is held of it now, when its last news came, and how
-- many inputs were set aside; the news by its week, since a day may be that of one answer.
with typeform as (

    select
        'typeform' as sender,
        form_kind as input_kind,
        count(*) as held_count,
        max(fetched_at) as news_at
    from work.staging.responses
    group by form_kind

),

crm as (

    select
        'crm' as sender,
        told.input_kind,
        count(distinct told.input_id) as held_count,
        max(told.fetched_at) as news_at
    from (
        select
            'accounts' as input_kind,
            account_id as input_id,
            fetched_at
        from work.raw.accounts
        union all
        select
            'decisions',
            decision_id,
            fetched_at
        from work.raw.decisions
        union all
        select
            'decision_changes',
            change_id,
            fetched_at
        from work.raw.decision_changes
        union all
        select
            'respondents',
            respondent,
            fetched_at
        from work.raw.respondents
        union all
        select
            'sellers',
            seller_id,
            fetched_at
        from work.raw.sellers
        union all
        select
            'seller_reasons',
            row_hash,
            fetched_at
        from work.raw.seller_reasons
        union all
        select
            'invitations',
            invitation_id,
            fetched_at
        from work.raw.invitations
        union all
        select
            'check_ins',
            check_in_id,
            fetched_at
        from work.raw.check_ins
        union all
        select
            'promises',
            promise_id,
            fetched_at
        from work.raw.promises
        union all
        select
            'rates',
            concat(currency, valid_from),
            fetched_at
        from work.raw.rates
    ) as told
    group by told.input_kind

),

people as (

    select
        'people' as sender,
        stated.input_kind,
        count(distinct stated.input_id) as held_count,
        max(stated.fetched_at) as news_at
    from (
        select
            'codings' as input_kind,
            label_id as input_id,
            fetched_at
        from work.raw.labels
        union all
        select
            'names',
            word,
            fetched_at
        from work.raw.names
        union all
        select
            'actions',
            action_id,
            fetched_at
        from work.raw.actions
    ) as stated
    group by stated.input_kind

),

held as (

    from typeform
    union all
    from crm
    union all
    from people

),

set_aside as (

    select
        case source when 'review' then 'people' else source end as sender,
        entity as input_kind,
        count(*) as set_aside_count
    from work.ops.rejects
    group by all

)

select
    coalesce(held.sender, set_aside.sender) as sender,
    coalesce(held.input_kind, set_aside.input_kind) as input_kind,
    coalesce(held.held_count, 0) as held_count,
    cast(date_trunc('week', held.news_at) as date) as news_on,
    coalesce(set_aside.set_aside_count, 0) as set_aside_count
from held
full outer join set_aside
    on held.sender = set_aside.sender and held.input_kind = set_aside.input_kind
order by sender, input_kind
