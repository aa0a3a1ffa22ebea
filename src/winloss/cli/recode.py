"""Codes words anew: after a new codebook, after corrections, or all of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from winloss.cli.options import Home

commands = typer.Typer()


@commands.command()
def recode(
    home: Home = Path(),
    *,
    is_all: Annotated[
        bool, typer.Option("--all", help="Code all words anew, also those that are coded.")
    ] = False,
) -> None:
    """Code all words with the present codebook and corrections, then build and publish.

    A build does the same in one go. This one may be stopped at any time: run again, it goes on
    where it was. What people coded stays theirs.
    """
    from winloss import running

    running.recode(home, datetime.now(UTC), is_all=is_all)
