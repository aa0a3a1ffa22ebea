-- One row per decision, and time it was taken, whose customer's answer an edition has shown to us.
-- Whatever was printed, the company's mail or a seller's own card, may have shown it.
select
    responses.decision_id,
    responses.retaken_count,
    min(editions.as_of) as first_shown_at
from ops.editions
inner join marts.responses
    on responses.may_see and editions.as_of >= responses.fetched_at
-- An edition made earlier than this build may have shown the answer; this one has not yet.
where
    editions.body_hash is not null
    and editions.as_of < getvariable('as_of')
    and responses.decision_id is not null
group by responses.decision_id, responses.retaken_count
