"""No words without a name beside a figure that leads to whoever said them."""

from dataclasses import replace

import pytest

from winloss import numbers
from winloss.reporting import WITHHELD, Cell, Drivers, Figure, Finding, Panel, Quote, Row, Section

UNNAMED = Quote("It was late.", WITHHELD, "form", "r", "missed", 0, 12)
NAMED = replace(UNNAMED, attribution="Ana Ruiz")


def figure(count: int, total: int = 40) -> Figure:
    return numbers.figure("said so", count, total, "sql/reports/ladder.sql")


def row(*counts: int, quote: Quote | None = UNNAMED, label: str = "late") -> Row:
    return Row(label, tuple(Cell(str(count), figure(count)) for count in counts), quote)


def said(*rows: Row) -> list[bool]:
    """Row by row, whether words are left beside it."""
    section = Section("ladder", "?", (), panels=(Panel("rungs", "", rows),))
    (panel,) = section.guarded().panels
    assert [each.cells for each in panel.rows] == [each.cells for each in rows]
    return [each.quote is not None for each in panel.rows]


@pytest.mark.parametrize(
    ("counts", "is_said"),
    [((1,), False), ((4,), False), ((5,), True), ((9, 4), False), ((9, 0), True), ((), True)],
)
def test_a_handful_speaks_by_name_alone(counts: tuple[int, ...], *, is_said: bool) -> None:
    """Every figure of the row counts five, or nobody at all, or the words carry a name."""
    assert said(row(*counts)) == [is_said]
    assert said(row(*counts, quote=NAMED)) == [True]


def test_who_left_it_open_does_not_speak() -> None:
    """Two who left it open beside nine who said so tell nothing of the one quoted."""
    nine = row(9)
    left_open = Cell("2", figure(2), is_aside=True)

    assert said(replace(nine, cells=(*nine.cells, left_open))) == [True]


def test_a_row_without_a_label_goes_on() -> None:
    """Words below a figure of a handful are beside it, up to the next label."""
    more = row(label="")

    assert said(row(3), more, row(7), more) == [False, False, True, True]


@pytest.mark.parametrize(
    ("quote", "total", "is_told"),
    [(UNNAMED, 1, False), (UNNAMED, 4, False), (UNNAMED, 5, True), (NAMED, 1, True)],
)
def test_a_finding_of_a_handful_needs_a_name(quote: Quote, total: int, *, is_told: bool) -> None:
    """One of four who told us this week is told by a lens under their name alone."""
    finding = Finding(
        *("late", "late", quote, figure(1, total), "", "", (), "", None, figure(1), "")
    )
    lens = Section("ladder", "?", (), findings=(finding,))
    exits = Drivers("drivers", "?", (), total, (), (), findings=(finding,))

    assert bool(lens.guarded().findings) is is_told
    assert exits.guarded().findings == (finding,)
