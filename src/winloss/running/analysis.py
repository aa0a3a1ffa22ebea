"""Runs what analysts ask for at a terminal."""

import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from winloss import querying, settings, wording
from winloss.running.showing import progress

_out = Console(soft_wrap=True, highlight=False)


def list_examples() -> None:
    """Print the example questions."""
    from winloss.querying.describing import print_examples

    print_examples()


def answer(home: Path, words: str, format_name: querying.Format | None, out: Path | None) -> None:
    """Answer one query; without a format, in the one that the file's ending stands for."""
    from winloss.warehouse.analysing import analysing

    programme = settings.read(home)
    form = format_name or querying.format_of(out)
    asked = querying.asked(words)
    width = _out.width if sys.stdout.isatty() else None
    if asked.question and form == "table" and out is None and width:
        _out.print(f"[bold]{escape(asked.question)}[/bold]\n")
    with analysing(programme.published, zone=programme.time_zone) as analyst:
        answers = analyst.answers(asked.query)
        analyst.stoppably(lambda: querying.write_all(answers, form, out, width=width))


def prompt(home: Path) -> None:
    """Answer queries until the analyst has no more."""
    from winloss.querying.prompt import Prompt
    from winloss.warehouse.analysing import analysing
    from winloss.warehouse.explaining import PROMPT

    programme = settings.read(home)
    path = programme.published
    with analysing(path, zone=programme.time_zone, place=PROMPT) as analyst:
        opened = path.stat().st_ino
        published_at = analyst.published()["published_at"]
        _out.print(f"{escape(str(path))}\npublished {published_at}; .help says what you can do")
        Prompt(analyst, _out.width, lambda: path.stat().st_ino != opened).run()


def export(home: Path, folder: Path) -> None:
    """Write the published copy as Parquet."""
    from winloss import exporting

    with progress("writing Parquet"):
        files = exporting.export(home, folder)
    count = wording.counted(len(files), "table")
    _out.print(f"{count} and manifest.json written to {escape(str(folder))}")
