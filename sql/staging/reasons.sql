-- One row per reason of the codebook, as its newest version words it.
select
    worded.reason,
    coalesce(nullif(worded.parent, ''), worded.reason) as parent,
    worded.label,
    nullif(worded.polarity, '') as polarity,
    -- What a retired reason became is followed to reasons in force, and named by one of them or by
    -- several; a code may hold a space, but none is spelled like two others in a row.
    case
        when nullif(worded.becomes, '') is null then worded.reason
        else successors.reason
    end as stands_as
from seeds.reasons as worded
left join (select distinct reason from seeds.reasons) as successors
    on worded.becomes = successors.reason
qualify row_number() over (
    partition by worded.reason order by worded.valid_from desc, worded.label asc
) = 1
