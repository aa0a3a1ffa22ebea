-- One row per promise our side put in words, as printed.
select
    promises.promise_key,
    min(coalesce(masks.masked_text, promises.promise_text)) as text
from work.marts.promises
inner join work.ops.masks
    on unhex(sha256(promises.promise_text)) = masks.text_key and not masks.is_guarded
group by promises.promise_key
