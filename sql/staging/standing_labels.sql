-- One row per reason by a person that stands for a text under the stance it has now.
-- One without a reason where none applies.
with texts as (

    select distinct
        text_hash,
        stance
    from staging.verbatims

),

-- A decision may turn out otherwise: what was coded under another stance then stands, but for who
-- was spoken of and how, since that hangs on the stance.
decided as (

    select
        texts.text_hash,
        texts.stance,
        labels.reason,
        labels.is_primary,
        case when labels.stance = texts.stance then labels.polarity end as polarity,
        labels.span_start,
        labels.span_end,
        labels.is_outdated
    from texts
    inner join staging.labels as labels on texts.text_hash = labels.text_hash
    qualify dense_rank() over (
        partition by texts.text_hash, texts.stance
        order by
            labels.stance = texts.stance desc, labels.labelled_at desc,
            labels.fetched_at desc, labels.label_id desc, labels.stance asc
    ) = 1

)

select * exclude (is_outdated)
from decided
where not is_outdated
