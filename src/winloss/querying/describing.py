"""Says what the copy holds, for a person at a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from winloss.errors import WarehouseError
from winloss.querying.asking import examples, near
from winloss.warehouse.analysing import Relation
from winloss.wording import listed


def print_relations(relations: Iterable[Relation]) -> None:
    """Print every table with what one row of it is."""
    rows = ((each.name, each.grain.partition(". ")[0]) for each in relations)
    _print(("table", "what it holds"), rows)


def print_relation(relations: Iterable[Relation], name: str) -> None:
    """Print the columns of one table; raises WarehouseError where there is none of that name."""
    held = list(relations)
    found = [each for each in held if name.casefold() in (each.name, each.table)]
    if not found:
        names = near(name, [*(each.name for each in held), *(each.table for each in held)])
        called = name or "without a name"
        raise WarehouseError(
            f"There is no table {called}; there are {listed([*names, 'others'])}. "
            ".tables says them all."
        )
    Console(highlight=False).print(Text(found[0].grain))
    columns = found[0].columns
    rows = ((each.name, _short(each.data_type), each.meaning) for each in columns)
    _print(("column", "type", "what it means"), rows)


def _short(data_type: str) -> str:
    """A type as a query writes it, in the fewest letters."""
    return data_type.lower().replace("timestamp with time zone", "timestamptz")


def print_examples() -> None:
    """Print the questions that analysts start from, by the name they are asked with."""
    rows = ((name, each.question) for name, each in examples().items())
    _print(("name", "the question"), rows)


def _print(titles: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    table = Table(*titles, box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(table)
