"""To whom they are loyal, and whether loyalty goes both ways."""

from collections.abc import Iterator, Mapping

import polars as pl

from winloss import numbers, wording
from winloss.quotes import Voices
from winloss.reporting import Panel, Row
from winloss.tally import Tally, Told, cell, noted, row

READS = ("loyalty_both",)

STANDS_UP_FROM = 4.0
"""From here on, of 1 to 5, one stands up for the other."""
BOTH_WAYS = {
    (True, True): "Each for the other",
    (True, False): "They for us, not we for them",
    (False, True): "We for them, not they for us",
    (False, False): "Neither for the other",
}
"""They stand up for us, we would for them."""
_MISSED = {
    "person": "One person",
    "product": "The product",
    "firm": "The company",
    "nothing": "Nothing",
}
_GROUPS = {"current": "current customers", "left": "those who left"}


def missed(answers: Tally) -> Told:
    """What they would miss most, of those asked."""
    return answers.among(question_ref="miss_most").told()


def whom(answers: Tally, voices: Voices) -> Iterator[Panel]:
    """Loyal to a person, the product or the company; a person is never named."""
    told = missed(answers)
    groups = {
        label: group
        for name, label in _GROUPS.items()
        if (group := told.tally.among(among=name)).total
    }
    if not groups:
        return
    rows = []
    for value, label in _MISSED.items():
        figures = [group.saying(f"{label}: {name}", value) for name, group in groups.items()]
        ids = tuple(each for figure in figures for each in figure.row_ids)
        quote = voices.choose(("miss_words",), ids, beside=figures) if ids else None
        rows.append(Row(label, tuple(map(cell, figures)), quote))
    note = noted(
        told.note,
        "Who would miss one person most may go with that person.",
        told.tally.left_out,
    )
    columns = ("would miss most", *groups)
    yield Panel("whom", "Loyal to whom?", tuple(rows), columns, note)


def both_ways(counts: Mapping[str, pl.DataFrame], voices: Voices) -> Iterator[Panel]:
    """Do they stand up for us, and would we for them; with a voice where it is lopsided."""
    asked = Tally(counts["loyalty_both"], "sql/reports/loyalty_both.sql")
    is_pair = pl.all_horizontal(pl.col("stands_up_for_us", "we_stand_up").is_not_null())
    told = asked.told(is_pair)
    pairs = Tally(told.tally.rows.filter(is_pair), asked.query)
    if not pairs.total:
        return
    for_us, for_them = (pl.col(name) >= STANDS_UP_FROM for name in _SIDES)
    rows = []
    for (theirs, ours), label in BOTH_WAYS.items():
        figure = told.tally.figure(label, (for_us == theirs) & (for_them == ours))
        quote = (
            voices.choose(("miss_words",), figure.row_ids, beside=(figure,))
            if theirs != ours
            else None
        )
        rows.append(row(label, figure, quote))
    unpaired = told.tally.figure("left one of the two open", ~is_pair)
    if unpaired.count:
        rows.append(row(f"{wording.sentence(unpaired.name)}", unpaired))
    note = noted(
        told.note,
        f"Would they stand up for us, and would we for them? {STANDS_UP_FROM:g} of 5 or more "
        "is yes.",
        _gap(pairs.rows),
    )
    yield Panel("both_ways", "Both ways", tuple(rows), note=note)


_SIDES = ("stands_up_for_us", "we_stand_up")


def _gap(pairs: pl.DataFrame) -> str:
    """How much more they stand up for us than they believe we do for them."""
    rows = pairs.select(*_SIDES, "voter_count").iter_rows()
    gaps = [theirs - ours for theirs, ours, count in rows for _ in range(count)]
    found = numbers.paired(gaps)
    if found.mean is None:
        return ""
    more = "more" if found.mean >= 0 else "less"
    likely = ""
    if found.low is not None and found.high is not None:
        likely = f", likely {found.low:+.1f} to {found.high:+.1f}".replace("-", "−")
    return (
        f"They stand up for us {abs(found.mean):.1f} points {more} than they think we do for "
        f"them ({found.pair_count} pairs{likely})."
    )
