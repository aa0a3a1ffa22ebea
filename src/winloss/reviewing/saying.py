"""Says at a terminal what came of a sheet: what was written or taken, and what comes next."""

from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from winloss.errors import ReviewError
from winloss.reviewing import exporting, importing
from winloss.reviewing.importing import Taken
from winloss.reviewing.sampling import Wanted
from winloss.reviewing.taking import Refusal
from winloss.wording import counted, listed, number, plain

_out = Console(soft_wrap=True, highlight=False)


def export(home: Path, folder: Path, wanted: Wanted, now: datetime) -> None:
    """Write a sheet and print where it lies."""
    made = exporting.export(home, folder, wanted, now=now)
    blind = f", {number(made.blind_count)} of them without a suggestion" if made.blind_count else ""
    _out.print(f"to review      {counted(made.row_count, 'text')}{blind}")
    _out.print(f"the page       {escape(str(made.page))}")
    _out.print(f"the same, CSV  {escape(str(made.table))}")
    if made.disputed_count and wanted.way != "disputed":
        _out.print(f"disputed       {_disputed(made.disputed_count)}")
    _out.print("then           winloss review import FILE --reviewer NAME")


def take(home: Path, paths: list[Path], reviewer: str, now: datetime) -> None:
    """Take sheets back and print what came of it.

    Raises ReviewError at the end, when all else is taken and said, where rows were refused.
    """
    taken = importing.take(home, paths, reviewer, now=now)
    _out.print(f"taken          {taken.taken_count:,}, from {escape(taken.reviewer)}")
    if taken.others:
        files = listed([plain(file) for file in taken.others], most=8)
        _out.print(
            f"made for       {escape(files)}: somebody other than {escape(taken.reviewer)}; after "
            "a slip, import it again under the right name"
        )
    _out.print(f"unchanged      {taken.unchanged_count:,}")
    _out.print(f"left empty     {taken.open_count:,}")
    _out.print(f"refused        {len(taken.refusals):,}")
    for refusal in taken.refusals:
        _out.print(f"  {escape(_refusal(refusal))}")
    if taken.name_count:
        _out.print(f"names          {counted(taken.name_count, 'word')} looked at")
    if taken.comments:
        said = listed([f"{plain(file)} row {line}" for file, line in taken.comments], most=8)
        _out.print(f"comments       {escape(said)}; they stay in the sheet")
    _out.print(f"coded by now   {_coded(taken)}")
    if taken.disputed_count:
        _out.print(f"disputed       {_disputed(taken.disputed_count)}")
    if taken.taken_count or taken.name_count:
        _out.print("next           it counts from the next weekly run on, or now: winloss build")
    if taken.refusals:
        raise ReviewError(_refused(len(taken.refusals)))


def _refused(count: int) -> str:
    of_it = "One row was" if count == 1 else f"{number(count).capitalize()} rows were"
    return f"{of_it} refused; mend what is said above in the sheet, and import it again."


def _refusal(refusal: Refusal) -> str:
    return f"{plain(refusal.file)} row {refusal.line}: {refusal.what}"


def _coded(taken: Taken) -> str:
    missing = taken.decides_from - taken.coded_count
    if missing > 0:
        then = f"{number(missing)} more and what was learned decides; until then it only adds"
    else:
        then = "what was learned from them decides"
    return f"{counted(taken.coded_count, 'text')}; {then}"


def _disputed(count: int) -> str:
    differ = "is coded differently" if count == 1 else "are coded differently"
    return f"{counted(count, 'text')} {differ} by two people: winloss review export --disputed"
