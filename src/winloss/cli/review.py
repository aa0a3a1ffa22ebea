"""People look over what the coder made of customers' words, and are believed."""

from pathlib import Path
from typing import Annotated

import typer

from winloss.cli.options import Home, Instant, instant

commands = typer.Typer(
    name="review",
    help="Look over what the coder made of customers' words. What a person says outranks it.",
    no_args_is_help=True,
)


@commands.command()
def export(  # noqa: PLR0913 (a sheet has many sides)
    *,
    to: Annotated[
        Path | None,
        typer.Option(
            help="The folder to write to; default: review, in the programme's.", file_okay=False
        ),
    ] = None,
    texts: Annotated[int, typer.Option(min=1, max=2000, help="How many texts at most.")] = 40,
    reviewer: Annotated[
        str | None, typer.Option(help="For whom it is; a second sheet leaves out what they coded.")
    ] = None,
    second: Annotated[
        bool,
        typer.Option("--second", help="Texts that somebody else has coded, to be coded twice."),
    ] = False,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Texts that two people coded differently.")
    ] = False,
    all_languages: Annotated[
        bool, typer.Option("--all-languages", help="Other languages than English too.")
    ] = False,
    home: Home = Path(),
    now: Instant = None,
) -> None:
    """Write a sheet to look over: a table, and the same as a page to fill in and save.

    Nine tenths are texts the coder doubts, first those that a printed finding or a seller's
    verdict rests on. One tenth is drawn by chance and shows no suggestion, so that the agreement
    between people and coder can be said honestly. No text comes on which somebody's coding stands,
    but with --second or --disputed.

    A sheet holds customers' words, also those that may not be quoted: give it to nobody who may
    not read them. It names no account, seller or day, and names on record are masked; names we do
    not know are not. What might be one stands in the column `check`. Nobody else on this machine
    may open the file.
    """
    from winloss import reviewing
    from winloss.reviewing import saying

    if second and disputed:
        raise typer.BadParameter("choose one of --second and --disputed")
    way: reviewing.Way = "second" if second else "disputed" if disputed else "first"
    wanted = reviewing.Wanted(texts, way, reviewer, all_languages)
    saying.export(home, to or home / "review", wanted, instant(now))


@commands.command("import")
def import_sheets(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Filled sheets, as CSV.", dir_okay=False)
    ],
    *,
    reviewer: Annotated[str, typer.Option(help="Who filled them in.")],
    home: Home = Path(),
    now: Instant = None,
) -> None:
    """Take filled sheets back: what they say counts from the next build on.

    In `reasons` stand codes with ; between, the main one first; none where no reason applies;
    nothing where the row was not looked at. `polarity` and `evidence` may be given for each, in
    the same order, with ; and | between; left empty, they are as the coder hears them.

    In `people` stand those words of `check` that are somebody's name: they are masked from then
    on. In `no_names` stand those that are none: they may be printed. Of a word in neither nothing
    is said. A word that was called a name by mistake may stand in `no_names` of any row: the last
    word counts.

    A row that cannot be taken is named with what to do; the others are taken. The same sheet again
    adds nothing, a corrected one replaces what its reviewer said before.
    """
    from winloss.reviewing import saying

    saying.take(home, files, reviewer, instant(now))


@commands.command()
def agreement(home: Home = Path()) -> None:
    """Show how far people agree with the coder and with one another, and what to code next.

    Krippendorff's alpha of each reason, as of the last build: 1 is always, 0 is what chance gives.
    Under .667 a reason is tentative, and every report says so.
    """
    from winloss.reviewing import agreement

    agreement.show(home)
