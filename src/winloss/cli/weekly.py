"""The weekly edition: a demo of it, a folder to start from, and its runs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from winloss.cli.options import Home, Instant, instant
from winloss.errors import WinLossError

commands = typer.Typer()

WeekText = Annotated[
    str | None, typer.Option(help="The week to report, such as 2026-W40; default: the last one.")
]
Preset = Annotated[
    Literal["full", "small"],
    typer.Option(help="`full`: a year of an invented company; `small`: a programme's first week."),
]


@commands.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where the demo lives.")] = Path("demo"),
    preset: Preset = "full",
) -> None:
    """Show the whole way on an invented company: no account, no server, no model."""
    from winloss import demonstration
    from winloss import sample as company

    demonstration.run(folder, preset)
    typer.echo(
        f"\nGo on in {folder}, such as with what the coder doubts:\n\n"
        f"  export WINLOSS_SIGNING_KEY={demonstration.SIGNING_KEY}\n"
        f"  winloss review export --home {folder}\n\n"
        f"Its today is {company.NOW:%Y-%m-%d}. Say so whenever you build it anew:\n\n"
        f"  winloss build --home {folder} --now {company.NOW:%Y-%m-%dT%H:%M:%S}"
    )


@commands.command()
def run(
    home: Home = Path(),
    week: WeekText = None,
    now: Instant = None,
) -> None:
    """Run the weekly flow once, here and now, with no server to set up.

    Needs WINLOSS_TYPEFORM_TOKEN, and WINLOSS_SIGNING_KEY where forms are signed.
    """
    from winloss import running

    running.weekly(home, week, instant(now))
    running.say_rehearsed(now)


@commands.command()
def listen(
    home: Home = Path(),
    now: Instant = None,
) -> None:
    """Pull and build now, and alert to what must not wait.

    Needs WINLOSS_TYPEFORM_TOKEN, and WINLOSS_SIGNING_KEY where forms are signed.
    """
    from winloss import running

    running.listen(home, instant(now))
    running.say_rehearsed(now)


@commands.command()
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


@commands.command()
def build(
    home: Home = Path(),
    now: Instant = None,
    *,
    full: Annotated[
        bool, typer.Option("--full", help="Drop everything above raw first and build it anew.")
    ] = False,
) -> None:
    """Build and publish the marts from what has landed, without pulling or mailing.

    Reads no CRM either: `winloss run` does. Surveys close and actions fall due as of the clock;
    in a rehearsal, such as the sample, say --now as its run did.
    """
    from winloss import running

    running.say_unread(home)
    running.rebuild(home, is_full=full, now=instant(now) if now else None)


@commands.command()
def resend(
    edition: Annotated[str, typer.Argument(help="Such as weekly-2026-W40-all.")],
    home: Home = Path(),
) -> None:
    """Send an edition again to readers whose delivery failed or whose outcome is unknown."""
    from winloss import running

    running.resend(home, edition)
