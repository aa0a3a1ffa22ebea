"""Every order in which things may happen to a programme, for hypothesis to draw from."""

from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from hypothesis import strategies as st
from tests.warehouse.histories.steps import (
    ANSWERED,
    CODEBOOKS,
    FORMS,
    WORDS,
    Again,
    Built,
    Came,
    Formed,
    Labelled,
    Loaded,
    Recoded,
    Set,
    Step,
    Swept,
    Told,
)

_RESPONSES = st.sampled_from(tuple(ANSWERED))
_DECISIONS = st.sampled_from(("d1", "d2"))
_ACCOUNTS = st.sampled_from(("a1", "a2"))
_LAGS = st.sampled_from((0, 0, 0, 1, 4, 9, -2))
_AGES = st.integers(0, 6)
_PEOPLE = st.sampled_from(("s1", "s2"))

CAME = st.builds(
    Came,
    response=_RESPONSES,
    words=st.sampled_from((*range(len(WORDS)), None)),
    rating=st.integers(1, 5),
    may_see=st.none() | st.booleans(),
    may_quote=st.sampled_from(("named", "unnamed", "counted", None)),
    decision=st.none() | _DECISIONS,
    is_completed=st.booleans(),
    is_retyped=st.booleans(),
    source=st.sampled_from(("pull", "pull", "webhook")),
    lag=_LAGS,
    age=_AGES,
)
AGAIN = st.builds(
    Again,
    ago=st.integers(0, 2),
    source=st.sampled_from(("pull", "pull", "webhook")),
    lag=st.sampled_from((0, 1, 4, 9)),
)
SWEPT = st.builds(Swept, response=_RESPONSES, is_deleted=st.booleans(), lag=_LAGS)
FORMED = st.builds(
    Formed,
    form=st.sampled_from(tuple(ANSWERED.values())),
    version=st.sampled_from(FORMS),
    lag=_LAGS,
    age=st.none() | _AGES,
)


def told(entity: str, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Told]:
    """Versions of a record of one entity."""
    return st.builds(Told, st.just(entity), st.fixed_dictionaries(values))


_DAYS = st.integers(-12, 0)
RECORDS = st.one_of(
    told(
        "decisions",
        decision_id=_DECISIONS,
        account_id=_ACCOUNTS,
        decision_kind=st.sampled_from(("lost", "won", "cancelled", "renewed", "open")),
        outcome=st.sampled_from(("competitor", "no_decision", None)),
        amount_usd=st.sampled_from((9_000.0, 120_000.0, None)),
        amount=st.sampled_from((7_500.0, None)),
        currency=st.sampled_from(("EUR", "USD", None)),
        competitor=st.sampled_from(("Quayside", None)),
        seller_id=_PEOPLE,
        team=st.sampled_from(("north", "south", None)),
        stage=st.sampled_from(("offer", "closed", None)),
        opened_on=st.none() | _DAYS,
        decided_on=_DAYS,
    ),
    told(
        "decision_changes",
        change_id=st.sampled_from(("k1", "k2")),
        decision_id=_DECISIONS,
        field=st.just("decision_kind"),
        old_value=st.sampled_from(("open", "lost", None)),
        new_value=st.sampled_from(("open", "lost", "won")),
        changed_at=_DAYS,
    ),
    told(
        "rates",
        currency=st.just("EUR"),
        usd=st.sampled_from((1.08, 1.11)),
        valid_from=st.sampled_from((date(2026, 1, 1), date(2026, 8, 10))),
    ),
    told(
        "accounts",
        account_id=_ACCOUNTS,
        account_name=st.sampled_from(("Kellerwerk", "Brightwater Foods")),
        segment=st.sampled_from(("mid", "large", None)),
        is_current=st.booleans(),
    ),
    told(
        "sellers",
        seller_id=_PEOPLE,
        seller_name=st.sampled_from(("Ida Brand", "Tom Ray")),
        team=st.sampled_from(("north", "south", None)),
    ),
    told(
        "respondents",
        respondent=st.just("p1"),
        account_id=_ACCOUNTS,
        respondent_name=st.sampled_from(("Maria Keller", "Ann Export")),
    ),
    told(
        "invitations",
        invitation_id=st.sampled_from(("i1", "i2")),
        form_kind=st.sampled_from(("lost_deal", "pulse", "seller")),
        decision_id=_DECISIONS,
        account_id=_ACCOUNTS,
        respondent=st.just("p1"),
        sent_at=_DAYS,
        closes_at=st.integers(-3, 9),
    ),
    told(
        "seller_reasons",
        decision_id=_DECISIONS,
        seller_id=_PEOPLE,
        seller_value=st.sampled_from(("Price", "support", "Other", None)),
        seller_text=st.sampled_from(("too dear", None)),
        recorded_at=st.none() | _DAYS,
    ),
    told(
        "promises",
        promise_id=st.just("m1"),
        decision_id=_DECISIONS,
        account_id=_ACCOUNTS,
        promise_text=st.sampled_from(("Live in May", "Live in June, said Ida Brand")),
        our_verdict=st.sampled_from(("kept", "late", "broken")),
        recorded_at=st.none() | _DAYS,
    ),
    told("check_ins", check_in_id=st.just("c1"), account_id=_ACCOUNTS, held_on=_DAYS),
    told(
        "names",
        word=st.sampled_from(("maria", "keller", "cousin")),
        is_person=st.booleans(),
        reviewer=st.sampled_from(("ada", "ben")),
        said_at=_DAYS,
    ),
    told(
        "actions",
        action_id=st.just("n1"),
        event=st.sampled_from(("added", "done")),
        action_kind=st.just("fix"),
        reason=st.just("price"),
        action_due_on=st.integers(-2, 5),
    ),
)
LABELLED = st.builds(
    Labelled,
    words=st.integers(0, len(WORDS) - 1),
    reasons=st.lists(st.sampled_from(("price", "support", "delay")), max_size=2, unique=True).map(
        tuple
    ),
    reviewer=st.sampled_from(("ada", "ben")),
    stance=st.sampled_from(("against", "for", "none")),
)
SET = st.builds(
    Set, codebook=st.sampled_from(CODEBOOKS), is_mapped=st.booleans(), is_signed=st.booleans()
)
BUILT = st.builds(
    Built, is_full=st.integers(0, 5).map(lambda drawn: drawn == 5), is_weekly=st.booleans()
)
CUT = st.one_of(
    st.just(Loaded()),
    st.builds(Built, is_cut=st.just(value=True), is_weekly=st.booleans()),
    st.builds(Recoded, is_all=st.booleans(), is_cut=st.booleans()),
)
# Both versions of a response, deleted since, are read again one after the other.
SEEN_AGAIN = st.builds(
    lambda came, rating, ago: (
        *(came, replace(came, rating=rating), Swept(came.response), Built()),
        *(Again(ago=ago), Built(), Again(ago=1 - ago), Built()),
    ),
    CAME,
    st.integers(1, 5),
    st.integers(0, 1),
)
# Twice what a programme mostly sees: answers, what the CRM says, and builds in between.
_LIFE = (
    *(CAME, CAME, CAME, AGAIN, AGAIN, RECORDS, RECORDS, BUILT, BUILT, BUILT),
    *(SWEPT, FORMED, FORMED, LABELLED, SET, CUT),
)


def histories(*more: st.SearchStrategy[Step]) -> st.SearchStrategy[list[Step]]:
    """Any order of what may happen, and of `more`, up to a last build."""
    steps = (each.map(lambda step: (step,)) for each in (*_LIFE, *more))
    lived = st.lists(st.one_of(*steps, SEEN_AGAIN), min_size=6, max_size=16)
    return lived.map(lambda history: [*chain.from_iterable(history), Built()])


LANDINGS: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(CAME, CAME, AGAIN, AGAIN, AGAIN, SWEPT, FORMED, FORMED, st.just(Loaded())),
    min_size=2,
    max_size=14,
)
"""What lands, in any order, and is loaded at any time."""
