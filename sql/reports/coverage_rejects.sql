-- One row per cause for which input was set aside: what was first met since the edition before, and
-- what the CRM exports still hold. Forms that could not be read are told apart.
-- Needs the work file.
with before as (

    select coalesce(max(as_of), timestamptz '-infinity') as as_of
    from ops.editions
    where as_of < $as_of

)

select
    rejects.source,
    rejects.reason,
    count(*) as reject_count
from ops.rejects
cross join before
where
    rejects.rejected_at <= $as_of
    and rejects.entity != 'form'
    -- Who fills in a sheet is told at once what could not be taken.
    and rejects.source != 'review'
    and (
        rejects.rejected_at > before.as_of
        -- Every run reads the exports whole; a row put right is not met again.
        or (rejects.source = 'crm' and rejects.seen_at >= $as_of)
    )
group by rejects.source, rejects.reason
order by reject_count desc, rejects.source, rejects.reason
