"""The command line: every step of the product, and a demo that needs nothing."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from winloss.errors import WinLossError

app = typer.Typer(
    name="winloss",
    help="Every Monday: why customers chose someone else or left, in their own words.\n\n"
    "Start with `winloss demo`: it needs no account and no server. Then `winloss sample DIR` "
    "writes a programme's folder to look at and adapt, and `winloss run --home DIR` makes the "
    "weekly mail from it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

actions = typer.Typer(
    name="action",
    help="What we said we would do about what customers told us; the weekly mail holds us to it.",
    no_args_is_help=True,
)
app.add_typer(actions)

Home = Annotated[
    Path, typer.Option(help="The programme's folder; it holds winloss.toml.", file_okay=False)
]
WeekText = Annotated[
    str | None, typer.Option(help="The week to report, such as 2026-W40; default: the last one.")
]
Preset = Annotated[
    Literal["full", "small"],
    typer.Option(help="`full`: a year of an invented company; `small`: a programme's first week."),
]
Instant = Annotated[
    datetime | None,
    typer.Option(help="The run's instant in UTC, for rehearsals; default: the clock."),
]


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where the demo lives.")] = Path("demo"),
    preset: Preset = "full",
) -> None:
    """Show the whole way on an invented company: no account, no server, no model."""
    from winloss import demonstration

    demonstration.run(folder, preset)


@app.command()
def run(
    home: Home = Path(),
    week: WeekText = None,
    now: Instant = None,
) -> None:
    """Run the weekly flow once, here and now, with no server to set up."""
    from winloss import running

    running.weekly(home, week, now.replace(tzinfo=UTC) if now else None)


@app.command()
def listen(
    home: Home = Path(),
    now: Instant = None,
) -> None:
    """Pull and build now, and alert to what must not wait."""
    from winloss import running

    running.listen(home, now.replace(tzinfo=UTC) if now else None)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="A new folder for the sample programme.")],
    preset: Preset = "full",
) -> None:
    """Write the invented company as a programme's folder: settings, CRM exports, responses."""
    from winloss import sample as company
    from winloss import settings

    if (folder / settings.FILE).exists():
        raise WinLossError(f"{folder} holds a {settings.FILE} already; name a new folder.")
    company.write(folder, preset=preset)
    typer.echo(
        f"Written to {folder}. Serve its surveys in one terminal:\n\n"
        f"  winloss sandbox {folder}/typeform\n\nand make its mail in another:\n\n"
        f"  export WINLOSS_TYPEFORM_TOKEN={company.TOKEN}\n"
        f"  export WINLOSS_SIGNING_KEY={company.SIGNING_KEY}\n"
        f"  winloss run --home {folder} --week {company.WEEK} --now {company.NOW:%Y-%m-%dT%H:%M:%S}"
    )


@app.command()
def sandbox(
    folder: Annotated[
        Path, typer.Argument(help="A folder of forms/ and responses/, recorded or sample.")
    ],
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8765,
    token: Annotated[str, typer.Option(help="The bearer token it accepts.")] = "sandbox",  # noqa: S107
) -> None:
    """Serve a folder as Typeform would, on this machine only; stop with Ctrl-C."""
    from winloss.typeform.sandbox import serve

    serve(folder, port=port, token=token)


@app.command()
def build(
    home: Home = Path(),
    *,
    full: Annotated[
        bool, typer.Option("--full", help="Drop everything above raw first and build it anew.")
    ] = False,
) -> None:
    """Build and publish the marts from what has landed, without pulling or mailing."""
    from winloss import running

    running.rebuild(home, is_full=full)


@app.command()
def resend(
    edition: Annotated[str, typer.Argument(help="Such as weekly-2026-W40-all.")],
    home: Home = Path(),
) -> None:
    """Send an edition again to readers whose delivery failed or whose outcome is unknown."""
    from winloss import running

    running.resend(home, edition)


@actions.command()
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
    running.act(home, wanted, _instant(now))


@actions.command()
def done(
    action: Annotated[str, typer.Argument(help="Such as A3; `winloss action list` has them.")],
    outcome: Annotated[str | None, typer.Option(help="What came of it.")] = None,
    home: Home = Path(),
    now: Instant = None,
) -> None:
    """Say that an action is done, and what came of it."""
    from winloss import running

    running.acted(home, action, outcome, _instant(now))


@actions.command("list")
def list_actions(
    *,
    every: Annotated[bool, typer.Option("--all", help="Those that are done too.")] = False,
    home: Home = Path(),
    now: Instant = None,
) -> None:
    """Show what we said we would do, and where it stands."""
    from winloss import running

    running.actions(home, _instant(now), is_all=every)


def _instant(now: datetime | None) -> datetime:
    return now.replace(tzinfo=UTC) if now else datetime.now(UTC)


def main() -> NoReturn:
    """Run the command line; an expected error is one line on stderr and exit code 1."""
    try:
        app()
    except WinLossError as error:
        print(f"winloss: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    sys.exit(0)
