"""Right, partly, wrong, silent, unstated: and what stays in confidence."""

from typing import Any

import polars as pl

from winloss.lenses import know_why
from winloss.reporting import KnowWhy

VERDICTS: dict[str, Any] = {
    "verdict": pl.String,
    "decision_count": pl.Int64,
    "response_ids": pl.List(pl.String),
}
CARD: dict[str, Any] = {
    "decision_kind": pl.String,
    "ask_state": pl.String,
    "seller_label": pl.String,
    "label": pl.String,
    "verdict": pl.String,
    "may_see": pl.Boolean,
}
CONFUSION: dict[str, Any] = {
    "seller_reason": pl.String,
    "reason": pl.String,
    "seller_label": pl.String,
    "label": pl.String,
    "decision_count": pl.Int64,
    "response_ids": pl.List(pl.String),
}
BELIEVED: dict[str, Any] = {
    "seller_reason": pl.String,
    "seller_label": pl.String,
    "decision_count": pl.Int64,
}


def judge(
    *,
    verdicts: list[Any] | None = None,
    card: list[Any] | None = None,
    confusion: list[Any] | None = None,
    believed: list[Any] | None = None,
    has_logged: bool = True,
) -> KnowWhy:
    return know_why.section(
        know_why.Counts(
            pl.DataFrame(verdicts or [], schema=VERDICTS, orient="row"),
            pl.DataFrame(card or [], schema=CARD, orient="row"),
            pl.DataFrame(confusion or [], schema=CONFUSION, orient="row"),
            pl.DataFrame(believed or [], schema=BELIEVED, orient="row"),
        ),
        weeks=13,
        has_logged=has_logged,
    )


def test_the_card() -> None:
    """Every row says what we said, and what became of asking."""
    section = judge(
        card=[
            ("lost", "answered", "price", "help to start", "wrong", True),
            ("lost", "closed_silent", "timing", None, None, False),
            ("cancelled", "answered", None, None, None, False),
            ("cancelled", "answered", None, "support", None, True),
            ("cancelled", "answered", "price", None, None, True),
        ]
    )

    assert [(row.who, row.ours, row.theirs, row.note) for row in section.card] == [
        ("chose a competitor", "price", "help to start", "wrong"),
        ("chose a competitor", "timing", "", "nobody heard them"),
        ("cancelled", "nothing", "", "heard, in confidence"),
        ("cancelled", "nothing", "support", "we had said nothing"),
        ("cancelled", "price", "", "heard, no reason we can name"),
    ]


def test_silence_is_not_in_the_rate() -> None:
    """Right is out of those we can compare; silence is out of all."""
    section = judge(
        verdicts=[("right", 2, ["a", "b"]), ("wrong", 1, ["c"]), ("silent", 7, [])],
    )

    assert [(figure.count, figure.total) for figure in section.rates] == [(2, 3), (0, 3), (1, 3)]
    assert (section.others[0].count, section.others[0].total) == (7, 10)
    assert section.line == "Over 13 weeks: right on 2 of 3, partly right on 0, wrong on 1."


def test_nothing_to_compare() -> None:
    """Without a pair no rate is printed: who is silent is said elsewhere."""
    section = judge(verdicts=[("silent", 7, [])])

    assert section.line == ""


def test_a_programme_without_sellers_reasons() -> None:
    """It is said once, and no line of zeros is printed."""
    section = judge(has_logged=False)

    assert section.caveats == (know_why.NO_REASONS, know_why.NO_CARD)
    assert (section.line, section.believed) == ("", "")


def test_small_cells_are_counts() -> None:
    """A confusion of one is one decision, and names its response."""
    section = judge(confusion=[("p", "o", "price", "help to start", 1, ["a"])])

    assert section.confusion[0].figure.count == 1
    assert section.confusion[0].figure.row_ids == ("a",)


def test_what_we_believe_unheard() -> None:
    """Exits for which we logged nothing are no belief."""
    section = judge(believed=[("p", "price", 3), ("t", "timing", 1), (None, None, 2)])

    assert section.believed == (
        "We logged price for three and timing for one; no customer has confirmed it."
    )
