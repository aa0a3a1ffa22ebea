"""Says what the copy holds, for a person at a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from winloss.errors import WarehouseError
from winloss.querying.asking import examples
from winloss.warehouse.analysing import Relation


def print_relations(relations: Iterable[Relation]) -> None:
    """Print every table with what one row of it is."""
    rows = ((each.name, each.grain.partition(". ")[0]) for each in relations)
    _print(("table", "what it holds"), rows)


def print_relation(relations: Iterable[Relation], name: str) -> None:
    """Print the columns of one table; raises WarehouseError where there is none of that name."""
    for each in relations:
        if name in (each.name, each.table):
            Console(highlight=False).print(Text(each.grain))
            rows = ((column.name, column.data_type, column.meaning) for column in each.columns)
            _print(("column", "type", "what it means"), rows)
            return
    raise WarehouseError(f"There is no table {name or 'without a name'}; .tables says them all.")


def print_examples() -> None:
    """Print the questions that analysts start from, by the name they are asked with."""
    rows = ((name, each.question) for name, each in examples().items())
    _print(("name", "the question"), rows)


def _print(titles: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    table = Table(*titles, box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(table)
