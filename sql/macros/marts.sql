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

-- A step of any scale as one from 1 to 5; the number itself where the scale is not known.
create or replace macro marts.of_five(number_value, scale_min, scale_max) as coalesce(
    1 + 4 * (number_value - scale_min) / nullif(scale_max - scale_min, 0), number_value
);

-- Whether a response is its voter's word of a period on a topic: every answer about a decision is,
-- of an account's pulses the latest alone. To be asked only of rows that were shown the question:
-- what a block asks comes round once in a while, and stands until it is asked again.
create or replace macro marts.stands(
    form_kind, period, topic, voter_key, submitted_at, response_key
) as form_kind != 'pulse' or dense_rank() over (
    partition by form_kind, period, topic, voter_key
    order by submitted_at desc, response_key asc
) = 1;

-- The periods that counts are of, by the days between which a survey closed or a pulse came in;
-- for the week, by those of the reply.
create or replace macro marts.periods(from_on, to_on, week_from, week_to) as table
    select
        periods.period,
        periods.from_on,
        periods.to_on
    from (
        values
        ('window', cast(from_on as date), cast(to_on as date)),
        (
            'before',
            cast(from_on as date) - cast(date_diff('day', from_on, to_on) + 1 as integer),
            cast(from_on as date) - 1
        ),
        ('ever', date '1970-01-01', cast(to_on as date)),
        ('week', cast(week_from as date), cast(week_to as date))
    ) as periods (period, from_on, to_on);

-- The first day of the thirteen weeks that hold a day, counted back from a Monday; whatever comes
-- later lies in those that begin with it.
create or replace macro marts.span_before(day, monday) as monday - cast(
    91 * case when day >= monday then 0 else 1 + (monday - 1 - day) // 91 end as integer
);

create or replace macro marts.span_from(day, as_of) as marts.span_before(
    cast(day as date), cast(date_trunc('week', cast(as_of as date)) as date)
);

-- A day or an instant where it may be seen; otherwise the first day of the thirteen weeks it is
-- counted in, which many share, so that whoever counts those weeks counts right.
create or replace macro marts.veiled(value, may_see, counted_on, as_of) as case
    when may_see then value
    when value is not null then marts.span_from(counted_on, as_of)
end;

-- One end of the 95 % Wilson score interval of a share (Wilson 1927): side is -1 for the lower end
-- and 1 for the upper one. The number is the standard normal distribution's 97.5 % point.
create or replace macro marts.wilson_end(event_count, total_count, side) as (
    event_count + 1.959963984540054 ^ 2 / 2
    + side * 1.959963984540054
    * sqrt(event_count * (1 - event_count / total_count) + 1.959963984540054 ^ 2 / 4)
) / (total_count + 1.959963984540054 ^ 2);

-- The ends of the interval, 0 to 1; null where there is nothing to have a share in. Rounding can
-- leave an end at 0 or 1 a hair inside the share itself.
create or replace macro marts.wilson_low(event_count, total_count) as case
    when total_count > 0
        then least(
            greatest(marts.wilson_end(event_count, total_count, -1), 0), event_count / total_count
        )
end;

create or replace macro marts.wilson_high(event_count, total_count) as case
    when total_count > 0
        then greatest(
            least(marts.wilson_end(event_count, total_count, 1), 1), event_count / total_count
        )
end;

-- A share as it may be said: from 15 on, below that counts and what is likely alone.
create or replace macro marts.share(event_count, total_count) as case
    when total_count >= 15 then round(event_count / total_count, 2)
end;

-- What a share is likely to be between, as it may be said: from 5 on, below that counts alone.
create or replace macro marts.share_low(event_count, total_count) as case
    when total_count >= 5 then round(marts.wilson_low(event_count, total_count), 2)
end;

create or replace macro marts.share_high(event_count, total_count) as case
    when total_count >= 5 then round(marts.wilson_high(event_count, total_count), 2)
end;
