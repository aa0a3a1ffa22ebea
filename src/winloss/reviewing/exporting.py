"""Makes a sheet: a CSV and the same as one page, for somebody to look over."""

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from winloss import files, settings, warehouse
from winloss.coding import codebook
from winloss.errors import ReviewError
from winloss.reviewing import ids, spreadsheets
from winloss.reviewing.page import page
from winloss.reviewing.rows import Sheet, rows
from winloss.reviewing.sampling import Wanted, disputed, drawn
from winloss.warehouse import reviewing

_NOTHING = {
    "first": "Every text has been coded. A second person may code them: --second.",
    "second": "There is no text that somebody else alone has coded; nothing to code twice.",
    "disputed": "No two people disagree about a text; nothing to settle.",
}


@dataclass(frozen=True)
class Exported:
    """What was written."""

    table: Path
    page: Path
    row_count: int
    blind_count: int
    disputed_count: int
    """Texts that two people code differently, in this sheet or not."""


def export(home: Path, folder: Path, wanted: Wanted, *, now: datetime) -> Exported:
    """Write `review-<day>-<id>.csv` and the page beside it.

    The same programme and instant give the same files. Raises ReviewError where there is nothing
    to review, and where a file cannot be written.
    """
    if wanted.way == "second" and not wanted.reviewer:
        raise ReviewError("A second sheet leaves out what its reader coded; name them: --reviewer.")
    programme = settings.read(home)
    book = codebook.read(codebook.path_of(programme))
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        known = reviewing.known(connection, programme)
    chosen = drawn(known.texts, known.people, wanted)
    if chosen.is_empty():
        raise ReviewError(_NOTHING[wanted.way])
    made_on = now.astimezone(programme.zone).date()
    name = _name(known.salt, made_on, chosen, wanted)
    sheet = Sheet(name, made_on, rows(name, chosen.to_dicts(), known, book))
    table, beside = folder / f"review-{name}.csv", folder / f"review-{name}.html"
    _write(table, spreadsheets.write(sheet.rows))
    _write(beside, page(sheet, book).encode())
    blind_count = sum(row.draw.is_blind for row in sheet.rows)
    return Exported(table, beside, len(sheet.rows), blind_count, disputed(known.people).height)


def _name(salt: str, made_on: date, chosen: pl.DataFrame, wanted: Wanted) -> str:
    keys = (f"{row['letter']}{row['text_hash']}{row['stance']}" for row in chosen.to_dicts())
    reader = wanted.reviewer or ""
    return ids.sheet_name(salt, made_on, (wanted.way, reader, *keys), reader)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with files.writing(path) as file:
            # A customer's words: for whoever asked for them, whatever others may read here.
            os.fchmod(file.fileno(), 0o600)
            file.write(content)
    except OSError as error:
        raise ReviewError(
            f"{path} could not be written: {error.strerror}. Make room, or name another folder "
            "with --to."
        ) from error
