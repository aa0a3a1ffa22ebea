"""Shows an answer on a terminal: a table where it fits, else one field a line."""

from collections.abc import Sequence
from itertools import islice
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from winloss.warehouse.analysing import Answer
from winloss.wording import counted, plain

MOST_ROWS = 200
MOST_UPRIGHT = 25
_WIDEST = 32
"""Letters up to which a column is given all it asks for; longer ones are broken over lines."""
_GAP = 2
_UNBOUNDED = 10_000
_NULL = "·"
_DECIMALS = 4
"""Places after the point that a table shows; files hold them all."""


def show(answer: Answer, width: int | None, file: TextIO | None = None) -> None:
    """Print the first rows, and how many more there are.

    `width` is that of the terminal; None for a file or a pipe, where lines are as long as need
    be and no row is left out. What customers wrote can neither colour nor clear the terminal.
    """
    out = Console(file=file, width=width or _UNBOUNDED, highlight=False, soft_wrap=False)
    rows = answer.rows()
    if not answer.columns:
        return
    shown = list(rows if width is None else islice(rows, MOST_ROWS))
    if width is None or _fits(answer.columns, shown, width):
        out.print(_table(answer, shown))
    else:
        _print_upright(out, answer, shown[:MOST_UPRIGHT])
        rows = iter([*shown[MOST_UPRIGHT:], *rows])
        shown = shown[:MOST_UPRIGHT]
    _print_count(out, len(shown), sum(1 for _ in rows))


def _fits(columns: Sequence[str], rows: Sequence[Sequence[str | None]], width: int) -> bool:
    wanted = (
        max(len(name), *(min(len(row[place] or _NULL), _WIDEST) for row in rows), 0)
        for place, name in enumerate(columns)
    )
    return sum(each + _GAP for each in wanted) <= width


def _table(answer: Answer, rows: Sequence[Sequence[str | None]]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, _GAP, 0, 0))
    for name, is_number in zip(answer.columns, answer.are_numbers, strict=True):
        table.add_column(Text(plain(name)), justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*map(_cell, row, answer.are_numbers))
    return table


def _print_upright(out: Console, answer: Answer, rows: Sequence[Sequence[str | None]]) -> None:
    widest = max(len(plain(name)) for name in answer.columns)
    for number, row in enumerate(rows, start=1):
        out.print(Text(f"row {number}", style="bold"))
        grid = Table.grid(padding=(0, _GAP, 0, 0))
        grid.add_column(width=widest, no_wrap=True)
        grid.add_column()
        cells = map(_cell, row, answer.are_numbers)
        for name, cell in zip(answer.columns, cells, strict=True):
            grid.add_row(Text(plain(name), style="dim"), cell)
        out.print(grid)


def _cell(value: str | None, is_number: bool) -> Text:  # noqa: FBT001 (mapped over a row)
    if value is None:
        return Text(_NULL, style="dim")
    return Text(_rounded(value) if is_number else plain(value))


def _rounded(value: str) -> str:
    """A number without more decimals than a reader looks at."""
    _, point, decimals = value.partition(".")
    if not point or len(decimals) <= _DECIMALS or "e" in decimals:
        return value
    return f"{float(value):.{_DECIMALS}f}"


def _print_count(out: Console, shown_count: int, more_count: int) -> None:
    said = counted(shown_count, "row")
    if more_count:
        said = f"{said} of {shown_count + more_count:,}; --format csv gives all of them"
    out.print(Text(said, style="dim"))
