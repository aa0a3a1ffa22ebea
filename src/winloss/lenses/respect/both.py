"""Respect both ways: felt and returned, and what each side gave."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.lenses.respect.tally import Tally
from winloss.quotes import Voices
from winloss.reporting import Cell, Panel, Row

MOST_PAIRS = 8
BOTH_NOTE = (
    "Respect is 4 or 5 of 5. Where two ratings are compared they count since the beginning, "
    "since few are asked for both."
)

_PAIRS = {"us": "they respect our people", "seller": "our seller respects them"}
_STANDINGS = {
    "mutual": "both ways",
    "felt_only": "felt, not returned",
    "other_only": "returned, not felt",
    "neither": "neither way",
    "left_open": "left one of the two open",
}


def line(tally: Tally, weeks: int) -> str:
    """How many felt respected, in one sentence for the mail."""
    felt, left = tally.figure("felt_respected", "yes"), tally.count("felt_respected", "left_open")
    if felt.total == left:
        return ""
    rest = f"; {wording.number(left)} left it open" if left else ""
    return f"Over {weeks} weeks {numbers.spoken(felt)} felt respected by us{rest}."


def both(frame: pl.DataFrame, voices: Voices) -> Panel | None:
    """How felt respect stands beside their respect for us, and our seller's for them."""
    found = {(row["pair"], row["standing"]): row for row in frame.to_dicts()}
    if not found:
        return None
    rows = []
    for standing, said in _STANDINGS.items():
        if standing == "left_open" and not any((pair, standing) in found for pair in _PAIRS):
            continue
        cells = tuple(_standing(found, pair, standing) for pair in _PAIRS)
        ids = found["us", standing]["ever_ids"] if ("us", standing) in found else ()
        beside = tuple(cell.figure for cell in cells if cell.figure)
        quote = voices.choose(("got_words", "gave_words"), ids, beside=beside)
        rows.append(Row(said, cells, quote))
    rows.append(Row("how much further felt than returned", tuple(_gap(found, p) for p in _PAIRS)))
    columns = ("they feel respected", *_PAIRS.values())
    return Panel("both", "Respect, both ways", tuple(rows), columns, BOTH_NOTE)


def _standing(found: Mapping[tuple[str, str], dict[str, Any]], pair: str, standing: str) -> Cell:
    total = sum(int(row["ever_count"]) for (of, _), row in found.items() if of == pair)
    row = found.get((pair, standing))
    if row is None:
        return Cell(f"0 of {total}" if total else "nobody says")
    figure = numbers.figure(
        f"{pair} {standing}",
        row["ever_count"],
        total,
        "sql/reports/respect_both.sql",
        tuple(row["ever_ids"]),
    )
    return Cell(numbers.spoken(figure), figure)


def _gap(found: Mapping[tuple[str, str], dict[str, Any]], pair: str) -> Cell:
    """The mean of what was felt minus what was returned, in points of the scale."""
    rows = [row for (of, _), row in found.items() if of == pair]
    paired = numbers.paired([gap for row in rows for gap in row["ever_gaps"]])
    if paired.mean is None:
        return Cell("too few rated both" if rows else "nobody says")
    low, high = paired.low, paired.high
    likely = "" if low is None or high is None else f", likely {_signed(low)} to {_signed(high)}"
    return Cell(f"{_signed(paired.mean)} points ({paired.pair_count} rated both{likely})")


def _signed(points: float) -> str:
    """With a sign, but for nothing at all."""
    told = f"{points:+.1f}"
    return "0.0" if told in {"+0.0", "-0.0"} else told.replace("-", "−")


def exchange(tally: Tally, voices: Voices) -> tuple[Panel, ...]:
    """What they gave and what they got, in two panels whose rows belong together."""
    gave, got = (
        set((tally.rows.get((ref, "given")) or {}).get("ever_ids") or ())
        for ref in ("gave_words", "got_words")
    )
    rows = []
    for response_id in sorted(gave & got):
        pair = [voices.again((ref,), response_id) for ref in ("gave_words", "got_words")]
        if all(pair):
            rows.append(pair)
    if not rows:
        return ()
    one_sided = len(gave ^ got)
    note = (
        f"{wording.sentence(wording.counted(len(gave & got), 'customer'))} named both sides, "
        f"{wording.number(one_sided)} one side alone."
    )
    left, right = zip(*rows[:MOST_PAIRS], strict=True)
    return (
        Panel("gave", "They gave", tuple(Row("", (), quote) for quote in left), note=note),
        Panel("got", "They got", tuple(Row("", (), quote) for quote in right)),
    )
