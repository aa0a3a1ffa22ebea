"""What stands beside the weekly run: the loopback Typeform, the receiver, the sweep."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winloss.cli.options import Home, Instant, instant

if TYPE_CHECKING:
    from winloss import sweeping

commands = typer.Typer()


@commands.command()
def sandbox(
    folder: Annotated[
        Path, typer.Argument(help="A folder of forms/ and responses/, recorded or sample.")
    ],
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8765,
    token: Annotated[str, typer.Option(help="The bearer token it accepts.")] = "sandbox",  # noqa: S107
) -> None:
    """Serve a folder as Typeform would, on this machine only; stop with Ctrl-C."""
    from functools import partial

    from winloss.typeform.sandbox import serve

    serve(folder, port=port, token=token, tell=partial(typer.echo, err=True))


@commands.command()
def serve(
    home: Home = Path(),
    host: Annotated[
        str, typer.Option(help="The address to listen on; a proxy with TLS stands before it.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="The port; 0 takes any free one.", min=0, max=65535)
    ] = 8766,
) -> None:
    """Receive responses from Typeform's webhooks as they are given; stop with Ctrl-C.

    Needs WINLOSS_WEBHOOK_SECRET. It speaks plain HTTP: put a reverse proxy with TLS before it, and
    its public address into `receiver.url`, then `winloss forms push` registers it with every form.
    """
    from functools import partial

    from winloss import receiving

    receiving.serve(home, host=host, port=port, tell=partial(typer.echo, err=True))


@commands.command()
def sweep(
    home: Home = Path(),
    accept: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORM",
            help="A form, by its id or kind, whose responses are gone on purpose, as you have "
            "seen in Typeform; may be given several times.",
        ),
    ] = None,
    now: Instant = None,
) -> None:
    """Take out what was deleted at Typeform: no figure, no quote, not in the analysts' copy.

    Needs WINLOSS_TYPEFORM_TOKEN, and WINLOSS_SIGNING_KEY where forms are signed.

    Typeform tells nobody of a deletion, so the names of all responses are read and compared.
    What is under two hours old is left alone. Where more than half of a form is gone, nothing of
    it is taken out until you say so with --accept. What comes back at Typeform counts again.

    Editions made before keep their words, and so do the lines as received: a sweep is no erasure.
    """
    from winloss import running, sweeping

    with running.progress("reading what Typeform has"):
        compared = sweeping.sweep(home, instant(now), accept or ())
    _show(compared)
    sweeping.check(compared)


def _show(compared: "tuple[sweeping.Compared, ...]") -> None:
    """Print per form what was compared, and what follows from it."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from winloss import sweeping

    out = Console(soft_wrap=True, highlight=False)
    table = Table("form", box=None, pad_edge=False)
    for name in ("compared", "gone", "back", "left alone"):
        table.add_column(name, justify="right")
    for each in compared:
        counts = (each.judged_count, len(each.gone), len(each.back), each.left_alone_count)
        judged, gone, back, left_alone = (f"{count:,}" for count in counts)
        form = escape(f"{each.form_kind} {each.form_id}")
        table.add_row(form, judged, f"{gone}?" if each.doubt else gone, back, left_alone)
    out.print(table)
    if explained := sweeping.left_alone(compared):
        out.print(f"\n{explained}")
    for line in sweeping.said(compared):
        out.print(f"\n{escape(line)}")
