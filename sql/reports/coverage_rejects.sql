-- One row per cause for which input was set aside.
select
    source,
    reason,
    count(*) as reject_count
from ops.rejects
where rejected_at <= $as_of
group by source, reason
order by reject_count desc, source, reason
