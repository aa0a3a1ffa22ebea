-- In their own words: what, done differently, would have changed their mind?
select
    verbatims.text,
    verbatims.language,
    verbatims.may_quote
from marts.verbatims
where verbatims.asks = 'decisive_words' and verbatims.text is not null
order by verbatims.verbatim_key;
