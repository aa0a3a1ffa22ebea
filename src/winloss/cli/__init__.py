"""The command line: every step of the product, and a demo that needs nothing."""

import sys
from typing import Annotated, NoReturn

import typer

from winloss.cli import (
    actions,
    analysis,
    coding,
    crm,
    dictionary,
    forms,
    recode,
    review,
    service,
    weekly,
)
from winloss.cli.plain import Plain
from winloss.errors import WinLossError

app = typer.Typer(
    name="winloss",
    cls=Plain,
    help="Every Monday: why customers chose someone else or left, in their own words.\n\n"
    "Start with `winloss demo`: it needs no account and no server. Then `winloss sample DIR` "
    "writes a programme's folder to look at and adapt, and `winloss run --home DIR` makes the "
    "weekly mail from it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},  # of every command below too
)


_INTERRUPTED = 130


def _version(is_wanted: bool) -> None:  # noqa: FBT001 (the signature is typer's)
    if is_wanted:
        from importlib import metadata

        typer.echo(f"winloss {metadata.version('winloss')}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    _is_version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Say which one this is."),
    ] = False,
) -> None:
    pass


for _room in (
    weekly, crm, analysis, dictionary, review, coding, recode, actions, forms, service,
):  # fmt: skip
    app.add_typer(_room.commands)


def main() -> NoReturn:
    """Run the command line; an expected error is one line on stderr and exit code 1."""
    try:
        app()
    except SystemExit as end:
        if end.code == _INTERRUPTED:  # typer says nothing of Ctrl-C
            _say("Stopped. Run it again; it goes on where it was.")
        raise
    except WinLossError as error:
        _say(str(error))
        sys.exit(1)
    sys.exit(0)


def _say(text: str) -> None:
    print(f"winloss: {text}", file=sys.stderr)  # noqa: T201
