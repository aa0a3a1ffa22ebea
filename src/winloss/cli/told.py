"""Shows what our own systems told: what of it would land, and what would not."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from winloss import wording
from winloss.crm import EntityRead, Unusable, unrated

_FIRST = 3
_LONGEST_CELL = 24
_INDENT = (0, 0, 0, 2)
_DEEPER = (0, 0, 0, 4)
_SHOWN = frozenset(
    {
        *("decision_kind", "outcome", "currency", "field"),
        *("form_kind", "promised_by", "our_verdict", "respondent"),
    }
)
"""Text that is a word of ours, a currency or an id, though its name does not end in `_id`."""

_out = Console(highlight=False)
if not _out.is_terminal:
    _out.width = max(_out.width, 80)


def sources(found: Sequence[EntityRead | Unusable], today: date) -> bool:
    """Print what each source said; True where all of them can be used."""
    for each in found:
        if isinstance(each, Unusable):
            _out.print(f"[bold]{escape(each.setting)}[/bold]  [red]cannot be used[/red]")
            _indented(each.why)
        else:
            _entity(each)
        _out.print()
    _money([each for each in found if isinstance(each, EntityRead)], today)
    bad = [each.setting for each in found if isinstance(each, Unusable)]
    bad += [each.entity for each in found if isinstance(each, EntityRead) and _is_lost(each)]
    if bad:
        _out.print(f"Cannot be used: {escape(wording.listed(bad))}. Nothing was landed.")
    else:
        _out.print("Every source can be used. Nothing was landed: winloss run does that.")
    return not bad


def _is_lost(read: EntityRead) -> bool:
    """Whether nothing is left of it; open opportunities are no decision yet."""
    landing = read.frame
    if "decision_kind" in landing.columns:
        landing = landing.filter(pl.col("decision_kind") != "open")
    return landing.is_empty() and not read.rejects.is_empty()


def _entity(read: EntityRead) -> None:
    rows = "row" if read.row_count == 1 else "rows"
    silent = f", {read.silent_count:,} say nothing" if read.silent_count else ""
    _out.print(f"[bold]{read.entity}[/bold]  from {escape(wording.plain(read.source))}")
    _indented(f"{read.row_count:,} {rows} read, {read.frame.height:,} would land{silent}")
    if not read.rejects.is_empty():
        _indented("set aside:")
        _set_aside(read)
    for sentence in read.caveats:
        _indented(f"note: {wording.plain(sentence)}")
    if read.frame.is_empty():
        return
    empty = [column.name for column in read.frame if column.null_count() == column.len()]
    if empty:
        _indented(f"empty in every row: {', '.join(empty)}")
    _first(read)


def _set_aside(read: EntityRead) -> None:
    """A line per reason: how often, and where first."""
    reasons = read.rejects.group_by("reason", maintain_order=True).agg(
        pl.len(), pl.col("detail").first(), pl.col("record_id").first()
    )
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    table.add_column(overflow="fold")
    for reason, count, place, record in reasons.sort("len", descending=True).rows():
        of = f" ({_id(record)})" if record else ""
        table.add_row(f"{count:,}", escape(reason), escape(f"first: {place}{of}"))
    _out.print(Padding(table, _DEEPER, expand=False))


def _first(read: EntityRead) -> None:
    """The first rows as they would land: a line per column, as many columns fit no terminal."""
    _indented("the first, as they would land:")
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    head = read.frame.head(_FIRST)
    for _ in range(head.height):
        table.add_column(no_wrap=True, overflow="ellipsis")
    for name in head.columns:
        is_shown = name.endswith("_id") or name in _SHOWN
        table.add_row(name, *(escape(_cell(value, is_shown)) for value in head[name]))
    _out.print(Padding(table, _DEEPER, expand=False))


def _cell(value: object, is_shown: bool) -> str:  # noqa: FBT001
    if value is None:
        return "-"
    if isinstance(value, str):
        return _id(value) if is_shown else "(text)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}Z"
    return f"{value:,}" if isinstance(value, float) else str(value)


def _id(text: str) -> str:
    """An id as it may be shown; an address names a person."""
    return "(an address)" if "@" in text else wording.plain(text, _LONGEST_CELL)


def _money(read: Sequence[EntityRead], today: date) -> None:
    """Amounts worth nothing we know, by currency."""
    frames = {each.entity: each.frame for each in read}
    if "decisions" not in frames:
        return
    found = unrated(frames["decisions"], frames.get("rates"), today)
    if not found:
        return
    _out.print("[bold]amounts in no sum[/bold]  nothing says what they are worth in dollars")
    for each in found:
        if each.currency is None:
            why = "name no currency"
        elif each.rated_from is None:
            why = f"in {each.currency}: no rate in [crm.rates]"
        else:
            why = f"in {each.currency}: before its first rate in [crm.rates], {each.rated_from}"
        _indented(f"{each.amount_count:,} {why}")
    _out.print()


def _indented(text: str) -> None:
    _out.print(Padding(escape(text), _INDENT, expand=False))
