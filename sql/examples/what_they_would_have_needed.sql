-- In their own words: what, done differently, would have changed their mind?
select
    text,
    language,
    may_quote
from marts.verbatims
where asks = 'decisive_words' and text is not null
order by may_quote, verbatim_key
limit 40;
