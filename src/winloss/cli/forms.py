"""Surveys as code: read, compare and publish the forms a programme asks with."""

import shutil
import sys
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

_ALL_KINDS = "cancellation, lost_deal, pulse, seller, staff or won_deal"

Kinds = Annotated[
    list[str] | None,
    typer.Argument(metavar="KIND", help="Such as lost_deal; default: all of winloss.toml."),
]


@commands.command()
def check(kinds: Kinds = None, home: Home = Path()) -> None:
    """Say exactly how the forms at Typeform differ from the files.

    Ends with exit code 1 when anything differs.

    WINLOSS_TYPEFORM_TOKEN needs the scope forms:read, and webhooks:read where [receiver] url is
    set.
    """
    from winloss import forming

    _show(home, forming.check(home, kinds or ()))


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
    remove: Annotated[
        bool,
        typer.Option(
            "--remove", help="Take out questions and choices not ours that nobody answered."
        ),
    ] = False,
    adopt: Annotated[
        str,
        typer.Option(
            metavar="FORM_ID", help="Use this form of the account for the one KIND named."
        ),
    ] = "",
    new: Annotated[
        bool,
        typer.Option("--new", help="Make a form even where the account holds one like it."),
    ] = False,
) -> None:
    """Make the forms at Typeform say what the files say; never costs an answer given.

    A kind without a form gets one, noted in winloss.toml.

    WINLOSS_TYPEFORM_TOKEN needs the scopes forms:read, forms:write and responses:read, and
    webhooks:read and webhooks:write where [receiver] url is set.
    """
    from winloss import forming

    wanted = forming.Wanted(
        kinds=tuple(kinds or ()),
        is_rehearsal=dry_run,
        needs_webhook=webhook,
        may_remove=remove,
        adopted=adopt,
        is_new=new,
    )
    _show(home, forming.push(home, wanted))


@commands.command("map")
def map_form(
    form_id: Annotated[
        str, typer.Argument(metavar="FORM_ID", help="The form's id, as in its Typeform address.")
    ],
    *,
    kind: Annotated[
        str, typer.Option(metavar="KIND", help=f"What it is to count as: {_ALL_KINDS}.")
    ],
    home: Home = Path(),
    yes: Annotated[
        bool, typer.Option("--yes", help="Write without asking; consent is left to a person.")
    ] = False,
) -> None:
    """Propose which of our questions a form of your own asks, and write it to winloss.toml.

    What winloss.toml says of the form already stays; lines are only added. Without a terminal
    and without --yes it prints the TOML and writes nothing.
    """
    from winloss import surveying

    surveying.map_form(home, form_id, kind, is_agreed=yes)


@commands.command()
def links(
    invitations: Annotated[
        Path, typer.Argument(metavar="LIST", help="A CSV of invitations.", dir_okay=False)
    ],
    *,
    out: Annotated[Path, typer.Option(help="The CSV to write, with block and link.")],
    home: Home = Path(),
    base: Annotated[
        str, typer.Option(help="Where the forms are answered, without the form's id.")
    ] = "https://form.typeform.com/to/",
    force: Annotated[bool, typer.Option("--force", help="Overwrite files of that name.")] = False,
) -> None:
    """Make each invitation's personal link: its block chosen, its hidden fields signed.

    The CSV has a row for each invitation and these columns: invitation_id, form_kind,
    decision_id, account_id, respondent (an id that says nothing, no e-mail address) and,
    if you like, block. A pulse needs no decision_id. Other columns stay as they are.

    A block is a short set of questions in the middle of a form, one of several in turn;
    where the CSV names none, each invitation gets one, always the same.
    """
    from winloss import surveying

    surveying.links(home, invitations, out, base=base, is_forced=force)


@commands.command()
def preview(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=f"{_ALL_KINDS}; not with --form-id.")
    ] = "",
    *,
    form_id: Annotated[
        str, typer.Option(help="A form as it is at Typeform today, instead of the file's.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="The page to write; default: KIND.html here.")
    ] = None,
    home: Home = Path(),
    opened: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> None:
    """Write a form as one page to read before anybody is asked."""
    from winloss import surveying

    if bool(kind) == bool(form_id):
        raise typer.BadParameter("name a kind such as lost_deal, or a form with --form-id")
    surveying.preview(home, kind, out, form_id=form_id, is_opened=opened)


def _show(home: Path, lines: Iterable[str]) -> None:
    """Print each line as it comes, and meanwhile, on stderr, what is waited for."""
    from winloss import running, settings

    out = sys.stdout
    with running.progress(f"asking {settings.read(home).typeform.base_url}"):
        for line in lines:
            # At a terminal the progress stands in for stdout, to keep out of each other's way.
            typer.echo(_wrapped(line), file=sys.stdout if out.isatty() else out)


def _wrapped(line: str) -> str:
    """The line in the width of a terminal, or whole for a file."""
    return textwrap.fill(
        line,
        shutil.get_terminal_size((10_000, 24)).columns,
        subsequent_indent=" " * (len(line) - len(line.lstrip()) + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
