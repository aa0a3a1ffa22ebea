-- One row per lens: the last edition before this one in which a mail let it speak.
-- Needs the work file.
select
    lens,
    max(as_of) as as_of
from ops.findings
where as_of < $as_of
group by lens
order by lens
