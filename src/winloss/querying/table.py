"""Shows an answer on a terminal: a table where it fits, else one field a line."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Literal, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from winloss.warehouse.analysing import Answer
from winloss.wording import counted, plain

MOST_ROWS = 200
MOST_UPRIGHT = 25
_NARROWEST = 16
"""Letters down to which a column of text is made narrower, its texts broken over lines."""
_GAP = 2
_UNBOUNDED = 10_000
_NULL = "·"
_UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
_DECIMALS = 4
"""Places after the point that a table shows; files hold them all."""


def show(answer: Answer, width: int | None, file: TextIO | None = None) -> None:
    """Print the first rows, and how many more there are.

    `width` is that of the terminal; None for a file or a pipe, where lines are as long as need
    be and no row is left out. What customers wrote can neither colour nor clear the terminal.
    """
    out = Console(file=file, width=width or _UNBOUNDED, highlight=False, soft_wrap=False)
    if not answer.columns:
        return
    if answer.is_plan:
        _print_plan(out, answer)
        return
    rows = answer.rows()
    shown = [
        tuple(map(_cell, row, answer.are_numbers))
        for row in (rows if width is None else islice(rows, MOST_ROWS))
    ]
    widths = _widths(answer, shown, width or _UNBOUNDED)
    if widths is not None:
        out.print(_table(answer, shown, widths))
        _print_count(out, len(shown), sum(1 for _ in rows), answer.place.whole)
        return
    _print_upright(out, answer, shown[:MOST_UPRIGHT])
    left = len(shown[MOST_UPRIGHT:]) + sum(1 for _ in rows)
    _print_count(out, len(shown[:MOST_UPRIGHT]), left, answer.place.whole)


def _widths(answer: Answer, rows: Sequence[Sequence[Text]], width: int) -> list[int] | None:
    """How wide each column is: the widest texts give way, as far as they stay readable.

    None where even so the columns do not fit side by side.
    """
    titles = [plain(name) for name in answer.columns]
    held = [max((row[place].cell_len for row in rows), default=1) for place in range(len(titles))]
    wanted = [max(cell_len(title), most) for title, most in zip(titles, held, strict=True)]
    least = [
        max(*map(cell_len, _parts(title)), most if is_number else min(most, _NARROWEST))
        for title, most, is_number in zip(titles, held, answer.are_numbers, strict=True)
    ]
    room = width - _GAP * (len(wanted) - 1)
    if sum(least) > room:
        return None
    _narrow(wanted, least, room)
    return wanted


def _narrow(wanted: list[int], least: Sequence[int], room: int) -> None:
    """Take from the widest columns that may give way, until all of them have room."""
    while (excess := sum(wanted) - room) > 0:
        give = [full - low for full, low in zip(wanted, least, strict=True)]
        widest = max((place for place, spare in enumerate(give) if spare), key=wanted.__getitem__)
        others = (wanted[place] for place, spare in enumerate(give) if spare and place != widest)
        step = max(1, wanted[widest] - max(others, default=0))
        wanted[widest] -= min(step, give[widest], excess)


def _parts(title: str) -> list[str]:
    """Where a title may be broken over lines: after each underscore."""
    return [each for each in re.split(r"(?<=_)(?!_)", title) if each] or [title]


def _broken(title: str, width: int) -> str:
    """The title over as many lines as it needs."""
    lines = [""]
    for part in _parts(title):
        if lines[-1] and cell_len(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def _table(answer: Answer, rows: Sequence[Sequence[Text]], widths: Sequence[int]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, _GAP, 0, 0))
    for name, is_number, width in zip(answer.columns, answer.are_numbers, widths, strict=True):
        justify: Literal["left", "right"] = "right" if is_number else "left"
        table.add_column(
            Text(_broken(plain(name), width)), justify=justify, width=width, overflow="fold"
        )
    for row in rows:
        table.add_row(*row)
    return table


def _print_plan(out: Console, answer: Answer) -> None:
    """What EXPLAIN draws, line by line as drawn."""
    for *_, plan in answer.rows():
        for line in (plan or "").splitlines():
            shown = "".join(each if each.isprintable() else _UNPRINTABLE for each in line)
            out.print(Text(shown), soft_wrap=True)


def _print_upright(out: Console, answer: Answer, rows: Sequence[Sequence[Text]]) -> None:
    widest = max(len(plain(name)) for name in answer.columns)
    for number, row in enumerate(rows, start=1):
        out.print(Text(f"row {number}", style="bold"))
        grid = Table.grid(padding=(0, _GAP, 0, 0))
        grid.add_column(width=widest, no_wrap=True)
        grid.add_column()
        for name, cell in zip(answer.columns, row, strict=True):
            grid.add_row(Text(plain(name), style="dim"), cell)
        out.print(grid)
        out.print()


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


def _print_count(out: Console, shown_count: int, more_count: int, whole: str) -> None:
    said = counted(shown_count, "row")
    if more_count:
        said = f"{said} of {shown_count + more_count:,}; {whole}"
    out.print(Text(said, style="dim"))
