"""Takes filled sheets back: what people say is kept for good, with who said it and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from winloss import settings, warehouse
from winloss.coding import codebook
from winloss.errors import ReviewError
from winloss.reviewing import ids, spreadsheets, stating
from winloss.reviewing.sampling import disputed
from winloss.reviewing.spreadsheets import Filled
from winloss.reviewing.taking import Refusal, Sheets, judged
from winloss.warehouse import Reject, reviewing
from winloss.wording import plain

_LONGEST_NAME = 60


@dataclass(frozen=True)
class Taken:
    """What came of an import."""

    reviewer: str
    taken_count: int
    unchanged_count: int
    open_count: int
    """Rows left empty."""
    refusals: tuple[Refusal, ...]
    comments: tuple[tuple[str, int], ...]
    """File and row of each comment; comments stay in the sheet."""
    name_count: int
    """Words newly said to be a person's name, or to be none."""
    coded_count: int
    """Texts that people have coded by now."""
    disputed_count: int
    decides_from: int
    others: tuple[str, ...]
    """Files that were made for somebody else."""


def take(home: Path, paths: Sequence[Path], reviewer: str, *, now: datetime) -> Taken:
    """Take back what `reviewer` filled in; bad rows are refused one by one, good ones kept.

    A row that says what this person said last adds nothing; one that says otherwise replaces it.
    Raises ReviewError for a file that is no sheet of this programme: then nothing is kept.
    """
    programme = settings.read(home)
    book = codebook.read(codebook.path_of(programme))
    sheets = {path: spreadsheets.read(path) for path in paths}
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        known = reviewing.known(connection, programme)
        who = _who(reviewer, known.people)
        rows, refusals = judged(known, book, sheets)
        codings = [row.coding for row in rows if row.coding]
        news = stating.news(codings, known.people, who)
        stated_at = reviewing.statement_at(connection, now)
        name_count = reviewing.state(
            connection,
            stating.labels(news, who, stated_at, book.version),
            stating.names(rows, who, stated_at),
            _rejects(refusals),
            now=stated_at,
        )
        people = reviewing.people(connection)
    return Taken(
        reviewer=who,
        taken_count=len(news),
        unchanged_count=len(codings) - len(news),
        open_count=sum(each.is_empty for rows in sheets.values() for each in rows),
        refusals=tuple(refusals),
        comments=tuple(_comments(sheets)),
        name_count=name_count,
        coded_count=people.select("text_hash", "stance").n_unique(),
        disputed_count=disputed(people).height,
        decides_from=programme.coding.learner_decides_from,
        others=tuple(path.name for path in sheets if _is_anothers(known.salt, sheets[path], who)),
    )


def _who(reviewer: str, people: pl.DataFrame) -> str:
    who = stating.spelled(reviewer, people)
    if not who or len(who) > _LONGEST_NAME or plain(who) != who:
        raise ReviewError(
            f"--reviewer says who filled the sheet in, in at most {_LONGEST_NAME} letters."
        )
    return who


def _is_anothers(salt: str, rows: Sequence[Filled], who: str) -> bool:
    names = filter(None, (ids.read(salt, each.name) for each in rows))
    return any(not ids.may_be_for(salt, each.sheet, who) for each in names)


def _comments(sheets: Sheets) -> list[tuple[str, int]]:
    return [
        (path.name, each.line) for path, rows in sheets.items() for each in rows if each.comment
    ]


def _rejects(refusals: Sequence[Refusal]) -> pl.DataFrame:
    return warehouse.frame_of(
        Reject("review", "row", each.name or _place(each), each.cause, plain(each.file), each.line)
        for each in refusals
    )


def _place(refusal: Refusal) -> str:
    return f"{plain(refusal.file)} row {refusal.line}"
