"""Findings are ranked by what was named, and say no more than their n allows."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from winloss import numbers
from winloss.lenses import drivers
from winloss.reporting import Drivers, Figure, Finding, Quote

STRINGS = pl.List(pl.String)
SHARES = ("written_count", "chosen_count", "decisive_count", "heard_count")
COUNTS: dict[str, Any] = {
    **dict.fromkeys(("reason", "label"), pl.String),
    **dict.fromkeys(("decision_count", "primary_count", *SHARES), pl.Int64),
    **dict.fromkeys(("response_ids", "primary_ids", "written_ids"), STRINGS),
    **dict.fromkeys(("chosen_ids", "decisive_ids"), STRINGS),
}
LOGGED: dict[str, Any] = {
    **dict.fromkeys(("reason", "seller_reason", "seller_label"), pl.String),
    "decision_count": pl.Int64,
}
PAIRS: dict[str, Any] = {
    **dict.fromkeys(("chosen_reason", "written_reason"), pl.String),
    **dict.fromkeys(("chosen_label", "written_label"), pl.String),
    **dict.fromkeys(("decision_count", "both_count"), pl.Int64),
    "response_ids": STRINGS,
}
SPLITS: dict[str, Any] = {
    **dict.fromkeys(("split", "grouped_by", "reason", "label"), pl.String),
    **dict.fromkeys(("decision_count", "primary_count", "heard_count"), pl.Int64),
    "response_ids": STRINGS,
}
EMPTY: dict[str, dict[str, Any]] = {
    "rates": dict.fromkeys(("split", "grouped_by"), pl.String),
    "ratings": {"is_window": pl.Boolean, **dict.fromkeys(("us", "chosen", "voter_key"), pl.String)},
    "moved": dict.fromkeys(("decisive", "source"), pl.String),
}


def frame(schema: dict[str, Any], *rows: Any) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def by_segment(reason: str, **segments: tuple[int, int]) -> pl.DataFrame:
    """The reason's count and those heard, of each segment."""
    rows: list[Any] = []
    for segment, (count, heard) in segments.items():
        rows += [
            ("segment", segment, None, None, heard, heard, heard, []),
            ("segment", segment, reason, reason, count, count, heard, []),
        ]
    return frame(SPLITS, *rows)


def counts(*named: tuple[str | None, int], heard: int) -> pl.DataFrame:
    rows: list[Any] = [
        (reason, reason, count, count, count, 0, 0, heard, ids, ids, ids, [], [])
        for reason, count in named
        for ids in [[f"{reason}-{n}" for n in range(count)]]
    ]
    return pl.DataFrame(rows, schema=COUNTS, orient="row")


def logged(*rows: tuple[str, str | None, int]) -> pl.DataFrame:
    return pl.DataFrame([(a, b, b, n) for a, b, n in rows], schema=LOGGED, orient="row")


def quote(who: str) -> Quote:
    return Quote(f"Said by {who}.", "Name withheld", "form", who, "what_happened", 0, 5)


def first_voice(
    who: Figure, _reason: str, used: tuple[Quote, ...], beside: Quote | None
) -> Quote | None:
    """Anybody who named the reason and has not spoken; nobody sees it otherwise."""
    spoken = {each.response_id for each in used}
    free = [each for each in who.row_ids if each not in spoken]
    return quote(free[0]) if free and beside is None else None


def judge(week: pl.DataFrame, **changes: object) -> Drivers:
    made = {
        "logged": logged(),
        "window": counts(heard=0),
        "before": counts(heard=0),
        "disagreement": frame(PAIRS),
        "splits": frame(SPLITS),
        "splits_before": frame(SPLITS),
        **{name: frame(schema) for name, schema in EMPTY.items()},
        **{key: value for key, value in changes.items() if key not in {"choose", "has_logged"}},
    }
    return drivers.section(
        drivers.Counts(week=week, **made),  # type: ignore[arg-type]
        changes.get("choose", first_voice),  # type: ignore[arg-type]
        most=3,
        has_logged=bool(changes.get("has_logged", True)),
        weeks=13,
    )


def find(week: pl.DataFrame, **changes: object) -> tuple[Finding, ...]:
    return judge(week, **changes).findings


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


def test_a_single_voice_becomes_the_other_view() -> None:
    """With nobody else left, one who saw it otherwise stands beside the lead."""
    findings = find(counts(("start", 3), ("price", 1), heard=4))

    assert len(findings) == 1
    assert findings[0].contrary == quote("price-0")


def trend(now: dict[str, tuple[int, int]], before: dict[str, tuple[int, int]]) -> str:
    """What is said of the change of price between two windows of these segments."""
    whole = [
        counts(
            ("price", sum(count for count, _ in period.values())),
            heard=sum(heard for _, heard in period.values()),
        )
        for period in (now, before)
    ]
    findings = find(
        counts(("price", 1), heard=1),
        window=whole[0],
        before=whole[1],
        splits=by_segment("price", **now),
        splits_before=by_segment("price", **before),
    )
    return findings[0].call


def test_a_trend_is_called_only_outside_the_limits() -> None:
    """Eleven of 31 after nine of 30 is no change; 29 of 31 is one."""
    assert trend({"port": (11, 31)}, {"port": (9, 30)}) == "No change we can call."
    assert trend({"port": (29, 31)}, {"port": (9, 30)}).startswith("More than chance allows")


def test_a_mix_shift_is_not_a_change() -> None:
    """More of those who always name price are heard; in no segment is it named more."""
    now = {"small": (36, 40), "large": (1, 10)}
    before = {"small": (9, 10), "large": (4, 40)}

    assert numbers.call((37, 50), (13, 50)).startswith("More than chance allows")
    assert trend(now, before) == numbers.MIX


def test_ticked_price_wrote_start() -> None:
    """The tick and the words stay apart, side by side."""
    pairs = frame(PAIRS, ("price", "start", "price", "help to start", 5, 9, ["a", "b"]))

    section = judge(counts(heard=0), window=counts(("price", 2), heard=3), disagreement=pairs)

    assert (section.disagreements[0].first, section.disagreements[0].second) == (
        "price",
        "help to start",
    )
    assert section.ranking[0].chosen.count == 0
    assert section.ranking[0].theirs.query == "sql/reports/drivers.sql"


def test_a_share_under_one_percent_is_not_none() -> None:
    """One of 400 is not 0 %."""
    finding = find(counts(("price", 1), heard=400))[0]

    assert finding.who == "Under 1 %"


def test_many_reasons_looked_at_are_named() -> None:
    """One reason in fourteen that stands out a little does not stand once all are allowed for."""
    names = [f"reason-{n}" for n in range(14)]
    window = counts(*[(name, 12 if name == names[0] else 4) for name in names], heard=40)
    before = counts(*[(name, 4) for name in names], heard=40)

    section = judge(counts(heard=0), window=window, before=before)

    (said,) = section.lines
    assert said == (
        "14 reasons were compared with the 13 weeks before, among like segments. "
        "Of 14 comparisons, none stand once all 14 are allowed for."
    )
    assert "changes" not in {panel.name for panel in section.panels}


def test_a_change_that_stands_is_shown() -> None:
    """Two in forty became thirty."""
    section = judge(
        counts(heard=0),
        window=counts(("price", 30), ("support", 3), heard=40),
        before=counts(("price", 2), ("support", 3), heard=40),
        splits=by_segment("price", port=(30, 40)),
        splits_before=by_segment("price", port=(2, 40)),
    )

    assert [row.label for panel in section.panels[:1] for row in panel.rows] == ["price"]
