"""What we say we will do, and whether we did."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from winloss.cli.options import Home, Instant, instant

commands = typer.Typer(
    name="action",
    help="What we said we would do about what customers told us; the weekly mail holds us to it.",
    no_args_is_help=True,
)


@commands.command()
def add(  # noqa: PLR0913 (an action has many sides)
    text: Annotated[str, typer.Argument(help="What we will do, without a customer's name.")],
    *,
    owner: Annotated[str, typer.Option(help="Who of ours takes it on; printed in the mail.")],
    due: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day by which it is done, as 2026-10-31."),
    ] = None,
    kind: Annotated[
        Literal["miss", "mile", "standard"],
        typer.Option(help="A miss to mend, an extra mile, or a standard to hold."),
    ] = "miss",
    reason: Annotated[
        str | None,
        typer.Option(help="The codebook's reason it is against; its return is then reported."),
    ] = None,
    measure: Annotated[
        str | None, typer.Option(help="How we see that it holds; a standard needs one.")
    ] = None,
    home: Home = Path(),
    now: Instant = None,
) -> None:
    """Put on record what we will do, who does it, and by when."""
    from winloss import acting, running

    wanted = acting.Wanted(text, owner, due.date() if due else None, kind, reason, measure)
    running.act(home, wanted, instant(now))


@commands.command()
def done(
    action: Annotated[str, typer.Argument(help="Such as A3; `winloss action list` has them.")],
    outcome: Annotated[str | None, typer.Option(help="What came of it.")] = None,
    home: Home = Path(),
    now: Instant = None,
) -> None:
    """Say that an action is done, and what came of it."""
    from winloss import running

    running.acted(home, action, outcome, instant(now))


@commands.command("list")
def list_actions(
    *,
    every: Annotated[bool, typer.Option("--all", help="Those that are done too.")] = False,
    home: Home = Path(),
    now: Instant = None,
) -> None:
    """Show what we said we would do, and where it stands."""
    from winloss import running

    running.actions(home, instant(now), is_all=every)
