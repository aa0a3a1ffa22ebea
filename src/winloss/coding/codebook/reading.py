"""Reads a codebook from its files, and says everything that is wrong with one."""

import hashlib
from pathlib import Path

from winloss import resources, wording
from winloss.coding.codebook import phrases
from winloss.coding.codebook.reasons import reasons
from winloss.coding.codebook.shape import (
    REASON_COLUMNS,
    REASON_MUST,
    TERM_COLUMNS,
    TERM_MUST,
    Codebook,
    Term,
)
from winloss.coding.codebook.tables import Finding, Table, table
from winloss.coding.codebook.terms import terms
from winloss.errors import CodebookError
from winloss.settings import Settings


def ours() -> Path:
    """The file of reasons that we ship."""
    return resources.folder("sql") / "seeds" / "reasons.csv"


def path_of(programme: Settings) -> Path:
    """The file of reasons a programme uses: its own where `[coding] codebook` names one."""
    own = programme.coding.codebook
    return programme.home / own if own else ours()


def terms_beside(path: Path) -> Path:
    """Where the terms of a codebook lie, if it has any."""
    return path.with_name(f"{path.stem}.terms.csv")


def read(path: Path | None = None) -> Codebook:
    """The codebook whose reasons are in the file `path`; by default the one we ship.

    Its terms lie beside it in `<stem>.terms.csv`; without that file they are the phrases of
    labels and of what these include. Raises CodebookError with the first thing wrong.
    """
    codebook, findings = _read(path or ours())
    if not findings:
        return codebook
    more = wording.sentence(wording.number(len(findings) - 1))
    hint = f" {more} more: `winloss codebook check {path or ours()}` lists all."
    raise CodebookError(f"{findings[0]}{hint if len(findings) > 1 else ''}")


def check(path: Path | None = None) -> tuple[Finding, ...]:
    """Everything wrong with the codebook in `path` and its terms, in the order of the rows."""
    return tuple(_read(path or ours())[1])


def _read(path: Path) -> tuple[Codebook, list[Finding]]:
    reason_table = table(path, REASON_COLUMNS, REASON_MUST)
    found, wrong = reasons(reason_table)
    findings = [*reason_table.findings, *wrong]
    beside = terms_beside(path)
    has_terms = beside.exists()
    term_table = table(beside, TERM_COLUMNS, TERM_MUST) if has_terms else Table(beside.name)
    # Terms of reasons that could not be read would all be unknown, and say nothing new.
    said, wrong = terms(term_table, found) if found else ([], [])
    findings += [*term_table.findings, *wrong]
    codebook = Codebook(_version(reason_table, term_table), found, ())
    heard = said if has_terms else phrases.terms(found[code] for code in codebook.given)
    return _with_terms(codebook, tuple(heard)), sorted(findings, key=_place)


def _with_terms(codebook: Codebook, heard: tuple[Term, ...]) -> Codebook:
    """The codebook with the terms of the reasons that may be given."""
    allowed = frozenset(codebook.given)
    kept = tuple(term for term in heard if term.reason in allowed)
    return Codebook(codebook.version, codebook.reasons, kept)


def _place(finding: Finding) -> tuple[bool, str, int]:
    return finding.file.endswith(".terms.csv"), finding.file, finding.row or 0


def _version(*tables: Table) -> str:
    """The first eight digits of a hash over every cell, so that line ends do not matter."""
    cells = ("\x1e".join("\x1f".join(row.values()) for _, row in each.rows) for each in tables)
    return hashlib.sha256("\x1d".join(cells).encode()).hexdigest()[:8]
