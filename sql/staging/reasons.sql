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
    end as stands_as,
    -- Who ticked a reason does not look at it again: one that was split counts as the family.
    coalesce(stands_as, split.family) as counts_as
from seeds.reasons as worded
left join (select distinct reason from seeds.reasons) as successors
    on worded.becomes = successors.reason
left join (
    select
        retired.reason,
        case
            when count(distinct parts.parent) = 1 and count(*) = count(parts.parent)
                then any_value(parts.parent)
        end as family
    from (select distinct
        reason,
        becomes
    from seeds.reasons) as retired
    inner join (select distinct
        reason,
        nullif(parent, '') as parent
    from seeds.reasons) as parts
        on contains(concat(' ', retired.becomes, ' '), concat(' ', parts.reason, ' '))
    group by retired.reason
) as split
    on worded.reason = split.reason
qualify row_number() over (
    partition by worded.reason order by worded.valid_from desc, worded.label asc
) = 1
