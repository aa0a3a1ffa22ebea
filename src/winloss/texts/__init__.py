"""Codes the texts of a file: what an analyst uses for any words of their own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import polars as pl

from winloss import coding, files, settings
from winloss.coding import codebook
from winloss.coding.codebook import Codebook
from winloss.coding.semantic.model import opened
from winloss.errors import CodingError
from winloss.settings import CodingSettings
from winloss.texts import labelled, results
from winloss.texts.given import Columns, Given, Text
from winloss.texts.labelled import Labelled
from winloss.texts.pace import Pace

if TYPE_CHECKING:
    from winloss.coding.layers import Coder

__all__ = ["Coded", "Columns", "Job", "book_of", "code", "coding_of"]

_FIELDS = ("text_hash", "text", "stance", "survey_language")

Found = tuple[results.Row, list[results.Row]]
"""A text's coding and its codes."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One file to be coded."""

    texts: Path
    out: Path
    codebook: Path
    train: Path | None = None
    columns: Columns = field(default_factory=Columns)
    reasons_column: str = ""
    has_sentence_model: bool | None = None
    """None: where it is installed."""
    decides_from: int = CodingSettings().learner_decides_from
    """Labelled texts from which on the learner decides."""


@dataclass(frozen=True)
class Coded:
    """What came of a job."""

    counts: results.Counts
    labels: Labelled | None
    has_learned: bool
    """Whether the labels were enough to learn from."""
    has_sentences: bool
    """Whether a learner would read with the sentence model."""


def code(job: Job) -> Coded:
    """Code every text of a file into `job.out`, written whole or not at all.

    Raises CodingError for a file that cannot be used, and CodebookError for such a codebook;
    then `job.out` is as it was.
    """
    _check_out(job)
    book = codebook.read(job.codebook)
    labels = _labels(job, book)
    given = Given(job.texts, job.columns)
    coder = coding.coder(
        book,
        labels.frame if labels else None,
        sentence_model=job.has_sentence_model,
        decides_from=job.decides_from,
    )
    if labels:
        log.info("learning from %s labelled texts", f"{labels.text_count:,}")
    with _opened(job.out) as file:
        written = results.Results(file, book)
        for text, (said, codes) in _coded(given, coder):
            written.add(text, said, codes)
    has_sentences = opened(is_wanted=job.has_sentence_model) is not None
    return Coded(written.counts, labels, coder.has_learned, has_sentences)


def coding_of(home: Path) -> CodingSettings:
    """How the programme in `home` codes; as a new one would where there is none."""
    is_programme = (home / settings.FILE).is_file()
    return settings.read(home).coding if is_programme else CodingSettings()


def book_of(file: Path | None, home: Path) -> Path:
    """The codebook to use: `file`, else the one of the programme in `home`, else ours."""
    if file:
        return file
    is_programme = (home / settings.FILE).is_file()
    return codebook.path_of(settings.read(home)) if is_programme else codebook.ours()


def _labels(job: Job, book: Codebook) -> Labelled | None:
    if job.train is None:
        return None
    return labelled.read(job.train, job.columns, job.reasons_column, book)


def _check_out(job: Job) -> None:
    """Refuse a place where nothing can be written, or where something read here lies."""
    if not job.out.parent.is_dir():
        raise CodingError(f"There is no folder {job.out.parent}; make it, or name another --out.")
    if job.out.is_dir():
        raise CodingError(f"{job.out} is a folder; name a file in it with --out.")
    inputs = (job.texts, job.codebook, codebook.terms_beside(job.codebook), job.train)
    for path in inputs:
        if path and path.exists() and job.out.exists() and path.samefile(job.out):
            raise CodingError(f"{job.out} is read here, so it is not written; name another --out.")


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with files.writing(path) as file:
            yield file
    except OSError as error:
        raise CodingError(
            f"{path} cannot be written ({error.strerror}); check the folder, or name another --out."
        ) from error


def _coded(given: Given, coder: "Coder") -> Iterator[tuple[Text, Found]]:
    """Each text with what was found, in the order of the file."""
    pace = Pace(given.count)
    done = 0
    for batch in given.batches():
        found = _found(batch, coder, pace, done)
        done += len(batch)
        pace.say(done)
        for text in batch:
            yield text, found[text.text_hash, text.stance, text.language]


def _found(
    batch: list[Text], coder: "Coder", pace: Pace, done: int
) -> dict[tuple[str, str, str], Found]:
    """What was found, by text hash, stance and language: the same words may come in two."""
    found: dict[tuple[str, str, str], Found] = {}
    for language in sorted({text.language for text in batch}):
        rows = {
            (each.text_hash, each.text, each.stance, language)
            for each in batch
            if each.language == language
        }
        schema = dict.fromkeys(_FIELDS, pl.String)
        frame = pl.DataFrame(sorted(rows), schema=schema, orient="row")
        codings, codes = coder.code(frame, pace.after(done + len(found)))
        found |= {
            (row["text_hash"], row["stance"], language): (row, []) for row in codings.to_dicts()
        }
        for row in codes.to_dicts():
            found[row["text_hash"], row["stance"], language][1].append(row)
    return found
