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
