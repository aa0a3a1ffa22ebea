-- One row per name that the masks were made with, in the folded words it is looked up by.
create table if not exists ops.masked_names (
    name_kind varchar not null,
    name_words varchar[] not null
);
