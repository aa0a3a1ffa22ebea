-- One row per change of the codebook since the window before began, the last one first: what it did
-- to the texts that were read with both, and which reasons came and went.
with changes as (

    select
        *,
        cast(timezone($zone, taken_up_at) as date) as taken_up_on
    from marts.codebook_changes
    where taken_up_at <= $as_of

)

select
    changes.codebook_version,
    changes.taken_up_on,
    coalesce(changes.text_count, 0) as text_count,
    coalesce(changes.moved_count, 0) as moved_count,
    list_sort(list(distinct coalesce(codebook.label, named.reason)) filter (
        where list_contains(changes.added_reasons, named.reason)
    )) as added_labels,
    list_sort(list(distinct coalesce(codebook.label, named.reason)) filter (
        where list_contains(changes.retired_reasons, named.reason)
    )) as retired_labels
from changes
left join
    lateral unnest(list_concat(changes.added_reasons, changes.retired_reasons))
        as named (reason)
    on true
left join marts.codebook on named.reason = codebook.reason
where changes.taken_up_on >= $from - cast(cast($to as date) - $from + 1 as integer)
group by all
order by changes.taken_up_on desc, changes.codebook_version
