-- One row per text that the copy may hold, as often as it was said, and way of masking it:
-- customers' words with strangers hidden too, our own promises without the names we know.
select
    unhex(sha256(text)) as text_key,
    true as is_guarded,
    text
from marts.verbatims
where may_quote in ('named', 'unnamed') and form_kind not in ('seller', 'staff')

union all

select
    unhex(sha256(promise_text)) as text_key,
    false as is_guarded,
    promise_text as text
from marts.promises
where promise_text is not null
