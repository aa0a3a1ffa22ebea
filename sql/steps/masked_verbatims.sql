-- One row per answer in words that may be published, as printed.
select
    verbatims.verbatim_key,
    coalesce(masks.masked_text, verbatims.text) as text
from work.marts.verbatims
inner join work.ops.masks on unhex(sha256(verbatims.text)) = masks.text_key and masks.is_guarded
where verbatims.may_quote in ('named', 'unnamed')
