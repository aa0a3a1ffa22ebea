"""For analysts: ask the published copy, or take it elsewhere as Parquet."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from winloss.cli.options import Home

commands = typer.Typer()


@commands.command()
def sql(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUERY", help="SQL, a file of it, or the name of an example question."
        ),
    ] = None,
    *,
    form: Annotated[
        Literal["table", "csv", "json", "parquet"] | None,
        typer.Option(
            "--format", help="How the answer is written; default: as FILE ends, or a table."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where it is written; default: here.")
    ] = None,
    examples: Annotated[
        bool, typer.Option("--examples", help="Show the example questions, and end.")
    ] = False,
    home: Home = Path(),
) -> None:
    """Ask the analysts' copy in SQL: one query, or many at a prompt.

    `winloss sql "from marts.decisions limit 5"`

    `winloss sql win_rate_by_competitor --out rates.csv`

    Without a query it opens a prompt, with history and completion; `.help` there says more. A
    query may also come from a pipe. Nothing but the copy is open to a query: it can change nothing
    and read or write no other file. A weekly run replaces the copy without disturbing its readers.

    In CSV and JSON stand the customers' words as typed, not made safe for a spreadsheet: a cell
    may begin with = and be run as a formula. Import it there as text.
    """
    from winloss.running import analysis

    if examples:
        analysis.list_examples()
    elif question is None and sys.stdin.isatty():
        analysis.prompt(home)
    else:
        analysis.answer(home, sys.stdin.read() if question is None else question, form, out)


@commands.command()
def export(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A new folder, or one of an earlier export.")
    ],
    home: Home = Path(),
) -> None:
    """Write the analysts' copy as Parquet, one file a table, with a manifest.

    manifest.json holds for every file its rows, its SHA-256, and what it and its columns mean.
    An earlier export in the folder is replaced as a whole.
    """
    from winloss.running import analysis

    analysis.export(home, folder)
