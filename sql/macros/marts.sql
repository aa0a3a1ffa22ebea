-- Where the asking of a decision stood on a day.
create or replace macro marts.ask_state(
    due_on, closes_on, invited_on, answered_on, has_invitations, as_of_on
) as case
    when answered_on <= as_of_on then 'answered'
    when not has_invitations then 'unknown'
    when invited_on <= as_of_on and closes_on >= as_of_on then 'open'
    when invited_on <= as_of_on then 'closed_silent'
    when due_on >= as_of_on then 'not_due'
    else 'never_asked'
end;

-- An opaque key that joins facts of one thing with one another, never to the thing itself.
create or replace macro marts.opaque(salt, key) as case
    when key is not null then md5(concat(salt, '|', key))
end;

-- Whether a reason our side logged was the last word that counts as knowing, as of an instant.
create or replace macro marts.stood(
    is_knowing, reason, recorded_at, fetched_at, superseded_at, as_of
) as is_knowing
and reason is not null
and recorded_at <= as_of
and fetched_at <= as_of
and coalesce(superseded_at > as_of, true);

-- Our reason against all of theirs, from the pairs of one decision: right only where they agree.
create or replace macro marts.agreement(verdict, reason, is_primary) as case
    when
        bool_or(verdict = 'right') and count(distinct reason) filter (where is_primary) = 1
        then 'right'
    when bool_or(verdict in ('right', 'partly')) then 'partly'
    when count(*) > 0 then 'wrong'
end;

-- The words of a text that may carry its sense: of four letters or more, and not the most common.
create or replace macro marts.content_words(text) as list_distinct(
    list_filter(
        regexp_extract_all(lower(coalesce(text, '')), '\pL{4,}'),
        lambda word: word not in (
            'about', 'also', 'because', 'been', 'before', 'every', 'from', 'have', 'into', 'just',
            'know', 'like', 'make', 'more', 'much', 'only', 'over', 'same', 'some', 'than', 'that',
            'their', 'them', 'then', 'there', 'they', 'this', 'time', 'very', 'want', 'wanted',
            'were', 'what', 'when', 'where', 'which', 'with', 'without', 'would', 'your'
        )
    )
);
