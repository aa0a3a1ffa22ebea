"""How we are rated: able and committed, and the four ways in which a supplier earns trust."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from winloss import numbers
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Row
from winloss.tally import ALL_TIME, FEW, noted

READS = ("trust_pairs", "trust_ratings")

FOUR = {
    "trust_business": "Knew their business",
    "trust_products": "Knew the products, spared surprises",
    "trust_politics": "Sensed what mattered to whom",
    "trust_together": "Put it together, gave good counsel",
}
"""The four demonstrators of trust, by question ref."""
ABLE = {"ability": "Able to do what they needed", "commitment": "Committed to them"}
_SIDES = ("stayed", "left")
_SCALE = "Means from 1 to 5; of fewer than 5 answers only their number is told."

Counts = Mapping[str, pl.DataFrame]
_Row = dict[str, Any]


def lines(counts: Counts, weeks: int) -> Iterator[str]:
    """What the pairs say: commitment beside ability, and where the chosen supplier is ahead."""
    both, note = _told(counts["trust_pairs"], ["commitment"])
    found = numbers.paired(both["commitment"]["gaps"]) if both else None
    if found and found.mean is not None:
        said = f"{_said(found, 'our ability')}, {_period(note, weeks)}"
        yield f"By those we lost, our commitment is rated {said}."
    pairs, note = _told(counts["trust_pairs"], FOUR)
    gaps = {ref: numbers.paired(row["gaps"]) for ref, row in pairs.items()}
    behind = {ref: gap.mean for ref, gap in gaps.items() if gap.mean is not None and gap.mean < 0}
    if behind:
        worst = min(behind, key=lambda ref: behind[ref])
        label = f"{FOUR[worst][:1].lower()}{FOUR[worst][1:]}"
        said = f"{_said(gaps[worst], 'theirs')}, {_period(note, weeks)}"
        yield f"Furthest behind the supplier they chose: {label}, {said}."


def _period(note: str, weeks: int) -> str:
    return "since the beginning" if note else f"over {weeks} weeks"


def _said(gap: numbers.Paired, other: str) -> str:
    """A gap that has a mean, against what, and whether chance can explain it."""
    mean = gap.mean or 0.0
    is_chance = gap.low is not None and gap.high is not None and gap.low <= 0 <= gap.high
    chance = ", which chance can explain" if is_chance else ""
    way = "above" if mean > 0 else "below"
    return f"{abs(mean):.1f} points of 5 {way} {other} ({_likely(gap)}{chance})"


def _signed(points: float) -> str:
    return f"{points:+.1f}".replace("-", "−")


def able_and_committed(counts: Counts) -> Iterator[Panel]:
    """Ability beside commitment, by those we lost: a pair of bars."""
    rated, thin = _told(counts["trust_ratings"], ABLE, side="left")
    found = {ref: rated[ref] for ref in ABLE if ref in rated and rated[ref]["voter_count"]}
    if not found:
        return
    rows = tuple(Row(ABLE[ref], (_mean(each, ABLE[ref]),)) for ref, each in found.items())
    note = noted(thin, "Rated by those we lost.", _SCALE, _unrated(found))
    yield Panel("able", "Able, and committed?", rows, note=note)


def four(counts: Counts) -> Iterator[Panel]:
    """The four, for us and for the supplier they chose, by the same respondents."""
    pairs, thin = _told(counts["trust_pairs"], FOUR)
    found = {ref: pairs[ref] for ref in FOUR if ref in pairs and pairs[ref]["voter_count"]}
    if not found:
        return
    gaps = {ref: numbers.paired(each["gaps"]) for ref, each in found.items()}
    rows = tuple(_pair(FOUR[ref], each, gaps[ref]) for ref, each in found.items())
    tested = [gap.p_value for gap in gaps.values() if gap.p_value is not None]
    note = noted(
        thin,
        "By those we lost who rated both; who rated one side alone is left out.",
        _SCALE,
        numbers.discoveries(tested).said if tested else "",
    )
    columns = ("", "us", "the supplier they chose", "gap")
    yield Panel("four", "Us, and the supplier they chose", rows, columns, note)


def sides(counts: Counts) -> Iterator[Panel]:
    """The same ratings of us, by those who stayed beside those who did not."""
    labels = ABLE | FOUR
    stayed, thin = _told(counts["trust_ratings"], labels, side="stayed")
    left, thin_left = _told(counts["trust_ratings"], labels, side="left")
    rows = []
    for ref, label in labels.items():
        both = [(side, rated.get(ref)) for side, rated in zip(_SIDES, (stayed, left), strict=True)]
        if not any(each for _, each in both):
            continue
        cells = [
            _mean(each, f"{label}: {side}") if each else Cell("not asked") for side, each in both
        ]
        rows.append(Row(label, tuple(cells)))
    if rows:
        columns = ("rating us", "won or staying", "those we lost")
        note = noted(thin or thin_left, _SCALE)
        yield Panel("sides", "Who stayed, and who did not", tuple(rows), columns, note)


def noticed(counts: Counts, voices: Voices) -> Iterator[Panel]:
    """For each of the four somebody who rated us high on it; no question asks the others."""
    rated = counts["trust_ratings"].filter(pl.col("period") == "all")
    rows = []
    for ref, label in FOUR.items():
        asked = rated.filter(pl.col("question_ref") == ref)
        ids = asked["high_ids"].explode().drop_nulls().to_list()
        if quote := voices.choose(("noticed_words",), ids, stance="for"):
            rows.append(Row(f"{label}: rated high", (), quote))
    if rows:
        note = "Who gave 4 or 5 of 5, asked when they noticed. Voices since the beginning."
        yield Panel("noticed", "In their words", tuple(rows), note=note)


def _told(frame: pl.DataFrame, refs: Iterable[str], **wanted: str) -> tuple[dict[str, _Row], str]:
    """Question ref -> its row over the window, or of all time where few answered one of them."""
    is_wanted = [pl.col(column) == value for column, value in wanted.items()]
    rows = frame.filter(pl.col("question_ref").is_in(list(refs)), *is_wanted).to_dicts()
    window = {row["question_ref"]: row for row in rows if row["period"] == "window"}
    everyone = {row["question_ref"]: row for row in rows if row["period"] == "all"}
    enough = [ref for ref in everyone if ref in window and window[ref]["voter_count"] >= FEW]
    return (window, "") if len(enough) == len(everyone) else (everyone, ALL_TIME)


def _answered(row: _Row, name: str, query: str) -> Figure:
    """How many rated, of those shown."""
    ids = tuple(row["response_ids"])
    return numbers.figure(name, row["voter_count"], row["shown_count"], query, ids)


def _mean(row: _Row, name: str) -> Cell:
    answered = _answered(row, name, "sql/reports/trust_ratings.sql")
    return Cell(_points(row["mean"], row["voter_count"]), answered)


def _points(mean: float | None, count: int) -> str:
    """`3.4 (12 ratings)`, or only how many there are."""
    ratings = f"{count} rating{'s' * (count != 1)}"
    return (
        ratings if mean is None or count < numbers.COUNT_ONLY_BELOW else f"{mean:.1f} ({ratings})"
    )


def _pair(label: str, row: _Row, gap: numbers.Paired) -> Row:
    figure = _answered(row, f"{label}: rated both", "sql/reports/trust_pairs.sql")
    if gap.mean is None:
        few = Cell("too few")
        return Row(
            label, (few, few, Cell(f"{gap.pair_count} of {row['shown_count']} rated both", figure))
        )
    ours, theirs = (Cell(f"{row[mean]:.1f}") for mean in ("ours_mean", "theirs_mean"))
    return Row(label, (ours, theirs, Cell(f"{_signed(gap.mean)} ({_likely(gap)})", figure)))


def _likely(gap: numbers.Paired) -> str:
    pairs = f"{gap.pair_count} pairs"
    if gap.low is None or gap.high is None:
        return pairs
    return f"{pairs}, likely {_signed(gap.low)} to {_signed(gap.high)}"


def _unrated(found: Mapping[str, _Row]) -> str:
    left = max(row["shown_count"] - row["voter_count"] for row in found.values())
    return f"Up to {left} of those shown left one open." if left else ""
