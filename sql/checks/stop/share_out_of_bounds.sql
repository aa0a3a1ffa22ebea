-- A share or an interval that is none: below 0, above 1, upside down, or counting more than all.
select
    'codes' as mart,
    verbatim_key as thing
from marts.codes
where not confidence between 0 and 1

union all

select
    'agreement' as mart,
    concat(pair, '|', reason) as thing
from marts.agreement
where
    not overlap between 0 and 1
    or not alpha between alpha_low and alpha_high
    or alpha_high > 1
    or both_count + one_count + neither_count > text_count

union all

select
    'codebook_changes' as mart,
    codebook_version as thing
from marts.codebook_changes
where moved_count > text_count

union all

select
    'findings' as mart,
    concat(edition_id, '|', lens, '|', position) as thing
from marts.findings
where
    not figure_count between 0 and figure_total
    or not low between 0 and high
    or high > 1
