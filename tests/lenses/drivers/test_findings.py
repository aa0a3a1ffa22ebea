"""Findings are ranked by what was named, and say no more than their n allows."""

from dataclasses import replace

import polars as pl
import pytest
from tests.lenses.drivers.counts import (
    COUNTS,
    counts,
    find,
    first_voice,
    logged,
)

from winloss.reporting import Figure, Quote


@pytest.mark.parametrize(
    ("count", "heard", "said"),
    [
        (1, 1, "The only one who told us why this week named price."),
        (2, 2, "Both who told us why this week named price."),
        (4, 4, "All 4 who told us why this week named price."),
        (3, 4, "3 of the 4 who told us why this week named price."),
        (6, 12, "6 of the 12 who told us why this week named price (likely 25 to 75 %)."),
        (
            11,
            31,
            "35 % of those who told us why this week named price (11 of 31, likely 21 to 53 %).",
        ),
    ],
)
def test_honest_n(count: int, heard: int, said: str) -> None:
    """Counts below 5, an interval from 5, a percentage from 15."""
    findings = find(counts(("price", count), heard=heard))

    assert f"{findings[0].who} {findings[0].claim}" == said


def test_nobody_heard() -> None:
    """A week without a voice has no finding, and no zero is divided by."""
    assert find(counts(heard=0)) == ()


def test_words_without_a_reason_count_as_heard() -> None:
    """Whoever said nothing we can name stays in the denominator."""
    findings = find(counts(("price", 1), (None, 3), heard=4))

    assert (findings[0].voices.count, findings[0].voices.total) == (1, 4)
    assert len(findings) == 1


def test_most_named_leads_even_without_a_quote() -> None:
    """A reason nobody may be quoted for is not hidden behind one that can."""
    silent = {"price-0", "price-1", "price-2"}

    def choose(who: Figure, reason: str, used: tuple[Quote, ...], beside: Quote | None) -> object:
        return None if set(who.row_ids) & silent else first_voice(who, reason, used, beside)

    findings = find(counts(("support", 2), ("price", 3), heard=5), choose=choose)

    assert [each.reason for each in findings] == ["price", "support"]
    assert findings[0].quote is None


def test_below_the_lead_a_finding_needs_a_voice() -> None:
    """Whoever may not be quoted stays in the counts, and gives way to one who may."""

    def choose(who: Figure, reason: str, used: tuple[Quote, ...], beside: Quote | None) -> object:
        return None if reason == "support" else first_voice(who, reason, used, beside)

    findings = find(counts(("price", 3), ("support", 2), ("timing", 2), heard=7), choose=choose)

    assert [each.reason for each in findings] == ["price", "timing"]


def test_a_tie_goes_to_the_one_who_may_be_quoted() -> None:
    """Among reasons named equally often, the customer speaks first."""

    def choose(who: Figure, reason: str, used: tuple[Quote, ...], beside: Quote | None) -> object:
        return first_voice(who, reason, used, beside) if reason == "support" else None

    findings = find(counts(("price", 2), ("support", 2), heard=4), choose=choose)

    assert findings[0].reason == "support"


def test_what_we_had_logged() -> None:
    """Our reasons stand beside theirs as counts, nothing last."""
    ours = logged(("start", None, 1), ("start", "price", 2), ("service", "timing", 9))

    finding = find(counts(("start", 3), heard=4), logged=ours)[0]

    assert finding.ours == (("price", 2), ("nothing", 1))
    assert finding.logged == "For the same three we had logged price twice and nothing once."


@pytest.mark.parametrize(
    ("count", "ours", "is_told"),
    [
        (1, (("price", 1),), False),
        (3, (("price", 3),), False),
        (5, (("price", 5),), True),
        (2, (("price", 1), (None, 1)), True),
    ],
)
def test_what_we_logged_tells_nobody(
    count: int, ours: tuple[tuple[str | None, int], ...], *, is_told: bool
) -> None:
    """Beside a quote without a name, what we had logged of its author alone is left out."""
    rows = logged(*(("start", reason, times) for reason, times in ours))

    def by_name(who: Figure, *rest: object) -> Quote | None:
        found = first_voice(who, *rest)  # type: ignore[arg-type]
        return found and replace(found, attribution="Ana Ruiz")

    unnamed = find(counts(("start", count), heard=9), logged=rows)[0]
    named = find(counts(("start", count), heard=9), logged=rows, choose=by_name)[0]

    assert (bool(unnamed.logged), bool(unnamed.ours)) == (is_told, is_told)
    assert named.ours == tuple((reason or "nothing", times) for reason, times in ours)


def test_no_reasons_logged_at_all() -> None:
    """A programme whose sellers log nothing is not told so beside every finding."""
    finding = find(counts(("start", 3), heard=4), has_logged=False)[0]

    assert (finding.ours, finding.logged) == ((), "")


def test_nobody_speaks_twice() -> None:
    """A response that names two reasons is quoted for one of them only."""
    week = pl.DataFrame(
        [
            ("price", "price", 2, 2, 2, 0, 0, 3, ["a", "b"], [], [], [], []),
            ("support", "support", 2, 0, 2, 0, 0, 3, ["a", "c"], [], [], [], []),
        ],
        schema=COUNTS,
        orient="row",
    )

    findings = find(week)

    assert [each.quote and each.quote.response_id for each in findings] == ["a", "c"]
