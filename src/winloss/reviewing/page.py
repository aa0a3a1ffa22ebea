"""A sheet as one page that needs no network, no server and no account."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from winloss import render
from winloss.coding.codebook import Codebook, Reason
from winloss.reviewing import spreadsheets
from winloss.reviewing.rows import Row, Sheet, Suggestion

POLARITIES = {
    "ours_good": "we did well",
    "ours_bad": "we did badly",
    "theirs_good": "the other supplier did well",
    "theirs_bad": "the other supplier did badly",
    "neutral": "neither",
}


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and which suggestions rest on it, counted from 1."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Shelf:
    """A family of reasons and those of it that may be given."""

    label: str
    definition: str
    reasons: tuple[Reason, ...]


def page(sheet: Sheet, codebook: Codebook) -> str:
    """The whole page: a document to read, and with JavaScript one to fill in and save."""
    environment = render.environment()
    # The hash lets this script run and no other, whatever a customer typed.
    script = environment.get_template("review/script.js").render()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template("review/body.html.j2").render(
        sheet=sheet,
        shelves=tuple(_shelves(codebook)),
        polarities=POLARITIES,
        pieces=pieces,
        data=_data(sheet, codebook),
        script=Markup(script),  # noqa: S704 (our own file)
        script_hash=f"sha256-{digest}",
    )


def pieces(row: Row) -> tuple[Piece, ...]:
    """The text in stretches, each with the suggestions that rest on all of it."""
    found = shown(row)
    edges = {0, len(row.text), *(edge for each in found for edge in (each.start, each.end))}
    return tuple(
        Piece(row.text[start:end], tuple(_over(found, start, end)))
        for start, end in pairwise(sorted(edges))
    )


def shown(row: Row) -> tuple[Suggestion, ...]:
    """What the page shows of others' codings: the coder's, or both people's, in one order."""
    return row.suggestions or tuple(
        each for opinion in row.opinions for each in opinion.suggestions
    )


def _over(suggestions: Iterable[Suggestion], start: int, end: int) -> Iterator[int]:
    for number, each in enumerate(suggestions, start=1):
        if each.start <= start and end <= each.end:
            yield number


def _shelves(codebook: Codebook) -> Iterator[Shelf]:
    """The families in the codebook's order; reasons without one stand first."""
    by_family: dict[str | None, list[Reason]] = {}
    for code in codebook.given:
        reason = codebook.reasons[code]
        by_family.setdefault(reason.parent, []).append(reason)
    for family in sorted(by_family, key=lambda code: code is not None):
        known = codebook.reasons[family] if family else None
        yield Shelf(
            known.label if known else "",
            known.definition if known else "",
            tuple(by_family[family]),
        )


def _data(sheet: Sheet, codebook: Codebook) -> dict[str, Any]:
    """What the script needs: the cells to save, and what may be given."""
    return {
        "sheet": sheet.name,
        "columns": spreadsheets.COLUMNS,
        "rows": [_row(row) for row in sheet.rows],
        "reasons": {code: _reason(codebook.reasons[code]) for code in codebook.given},
    }


def _reason(reason: Reason) -> dict[str, str]:
    return {"label": reason.label}


def _row(row: Row) -> dict[str, Any]:
    return {
        "cells": spreadsheets.cells(row),
        "suggestions": [each.reason for each in row.suggestions],
    }
