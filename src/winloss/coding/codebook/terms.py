"""Proves the terms of a codebook against its reasons."""

from collections.abc import Iterator, Mapping

from winloss.coding.codebook import patterns
from winloss.coding.codebook.reasons import of_polarity, polarity
from winloss.coding.codebook.shape import WEIGHTS, Reason, Term
from winloss.coding.codebook.tables import Finding, Table, near
from winloss.errors import CodebookError

_LIGHTEST = str(WEIGHTS[0])
_WEIGHTS = tuple(map(str, WEIGHTS))


def terms(table: Table, reasons: Mapping[str, Reason]) -> tuple[list[Term], list[Finding]]:
    """The terms of a table, and everything wrong with any of them."""
    found, findings = [], []
    places: dict[tuple[str, str], int] = {}
    families = {each.parent for each in reasons.values()}
    for row, cells in table.rows:
        wrong = list(_of_row(table, row, cells, reasons, families))
        key = cells["reason"], cells["pattern"]
        if key in places:
            what = f"{cells['pattern']!r} is there twice for {cells['reason']!r}"
            wrong.append(table.finding(row, f"{what}, first in row {places[key]}", "remove one"))
        places.setdefault(key, row)
        findings += wrong
        if not wrong:
            weight = int(cells["weight"] or _LIGHTEST)
            found.append(Term(*key, weight, polarity(cells["polarity"])))
    return found, findings


def _of_row(
    table: Table,
    row: int,
    cells: Mapping[str, str],
    reasons: Mapping[str, Reason],
    families: set[str | None],
) -> Iterator[Finding]:
    reason, weight = cells["reason"], cells["weight"]
    if reason not in reasons:
        what = f"{reason!r} is no reason of the codebook{near(reason, reasons)}"
        yield table.finding(row, what, "add the reason or mend the name")
    elif reason in families:
        what = f"{reason!r} is a family, which no text is given"
        yield table.finding(row, what, "name one of the reasons below it")
    if weight and weight not in _WEIGHTS:
        to_do = "use 1 (a subject), 2 (says something of it) or 3 (leaves no doubt)"
        yield table.finding(row, f"the weight {weight!r} does not exist", to_do)
    yield from of_polarity(table, row, cells["polarity"])
    try:
        patterns.read(cells["pattern"])
    except CodebookError as error:
        what, _, to_do = str(error).rstrip(".").rpartition("; ")
        yield table.finding(row, what, to_do)
