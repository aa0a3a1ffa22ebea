"""Surveys as code: read, compare and publish the forms a programme asks with."""

import shutil
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from winloss.cli.options import Home

commands = typer.Typer(
    name="forms",
    help="The surveys as code: read them, compare them with Typeform's, and publish them.",
    no_args_is_help=True,
)

Kinds = Annotated[
    list[str] | None,
    typer.Argument(metavar="KIND", help="Such as lost_deal; default: all of winloss.toml."),
]


@commands.command()
def check(kinds: Kinds = None, home: Home = Path()) -> None:
    """Say exactly how the forms at Typeform differ from the files; 1 when any does."""
    from winloss import forming

    _show(forming.check(home, kinds or ()))


@commands.command()
def push(
    kinds: Kinds = None,
    home: Home = Path(),
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and send nothing.")
    ] = False,
    webhook: Annotated[
        bool,
        typer.Option(
            "--webhook",
            help="Insist on registering the webhook; with [receiver] url set it always is.",
        ),
    ] = False,
) -> None:
    """Make the forms at Typeform say what the files say; never costs an answer given.

    A kind without a form gets one, noted in winloss.toml.
    """
    from winloss import forming

    _show(forming.push(home, kinds or (), is_rehearsal=dry_run, needs_webhook=webhook))


@commands.command("map")
def map_form(
    form_id: Annotated[str, typer.Argument(help="The form's id, as in its Typeform address.")],
    *,
    kind: Annotated[str, typer.Option(help="What it is to count as, such as lost_deal.")],
    home: Home = Path(),
    yes: Annotated[
        bool, typer.Option("--yes", help="Write without asking; consent is left to a person.")
    ] = False,
) -> None:
    """Propose which of our questions a form of your own asks, and write it to winloss.toml.

    Without a terminal and without --yes it prints the TOML and writes nothing.
    """
    from winloss import surveying

    surveying.map_form(home, form_id, kind, is_agreed=yes)


@commands.command()
def links(
    invitations: Annotated[Path, typer.Argument(help="A CSV of invitations.", dir_okay=False)],
    *,
    out: Annotated[Path, typer.Option(help="The CSV to write, with block and link.")],
    home: Home = Path(),
    base: Annotated[
        str, typer.Option(help="Where the forms are answered, without the form's id.")
    ] = "https://form.typeform.com/to/",
    force: Annotated[bool, typer.Option("--force", help="Overwrite files of that name.")] = False,
) -> None:
    """Make each invitation's personal link: its block chosen, its hidden fields signed."""
    from winloss import surveying

    surveying.links(home, invitations, out, base=base, is_forced=force)


@commands.command()
def preview(
    kind: Annotated[str, typer.Argument(help="Such as lost_deal; not with --form-id.")] = "",
    *,
    form_id: Annotated[
        str, typer.Option(help="A form as it is at Typeform today, instead of the file's.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="The page to write; default: <kind>.html here.")
    ] = None,
    home: Home = Path(),
    opened: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> None:
    """Write a form as one page to read before anybody is asked."""
    from winloss import surveying

    if bool(kind) == bool(form_id):
        raise typer.BadParameter("name a kind such as lost_deal, or a form with --form-id")
    surveying.preview(home, kind, out, form_id=form_id, is_opened=opened)


def _show(lines: Iterable[str]) -> None:
    """Print each line as it comes, wrapped for a terminal and whole for a file."""
    width = shutil.get_terminal_size((10_000, 24)).columns
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        typer.echo(
            textwrap.fill(
                line,
                width,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
