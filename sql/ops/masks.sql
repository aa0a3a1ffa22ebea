-- One row per text that may be published and way of masking it: what is hidden, and by which words
-- a name could be found in it. Kept so that the next copy masks only what is new.
create table if not exists ops.masks (
    text_key blob not null,
    is_guarded boolean not null,
    masked_text varchar,
    marks struct(span_start bigint, span_end bigint, mark varchar)[] not null,
    spoken_words varchar[] not null,
    made_with varchar not null
);
