"""A programme of words: answers that land, a codebook of one's own, what people make of them."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from winloss import recipes, warehouse
from winloss.settings import CodingSettings, Settings
from winloss.warehouse import landing
from winloss.warehouse.coding import Progress

AT = datetime(2026, 9, 1, 4, tzinfo=UTC)

PRICE = "The price was far too high for a team of our size."
SLOW = "Support took days to answer and nobody called us back."
LATE = "The export was late again and we could not plan with it."
ODD = "Our cousin runs the other firm, so that was that in the end."
WORDS = {"r1": PRICE, "r2": SLOW, "r3": LATE, "r4": ODD, "r5": SLOW}

_LATE = "Parcel {} came {} days behind the plan and the site stood still."
_DEAR = "Line {} of the quote was {} per cent more than we had been told."
TAUGHT = {
    **{_LATE.format(place, place + 3): "delay" for place in range(14)},
    **{_DEAR.format(place, place + 3): "price" for place in range(14)},
}
"""Words in which the terms below hear nothing, and the reason that a person gave them."""

REASONS = [
    {"reason": "price", "label": "price"},
    {"reason": "support", "label": "support"},
    {"reason": "delay", "label": "delay"},
]
TERMS = [
    {"reason": "price", "pattern": "price", "weight": "2"},
    {"reason": "support", "pattern": "support", "weight": "2"},
    {"reason": "delay", "pattern": "late", "weight": "2"},
]


def hash_of(text: str) -> str:
    """How the warehouse names a text."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def land(
    folder: Path,
    words: Mapping[str, str],
    *,
    days: int = 0,
    form_id: str = "f",
    decision_id: str | None = None,
) -> None:
    """Land answers to a lost deal's open question (response id -> text), so many days on."""
    for response_id, text in words.items():
        item = {
            "response_id": response_id,
            "submitted_at": (AT + timedelta(days=days)).isoformat(),
            "hidden": {"decision_id": decision_id} if decision_id else {},
            "answers": [
                {"type": "text", "text": text, "field": {"id": "1", "ref": "what_happened"}}
            ],
        }
        _line(folder, form_id, item, days=days, source="pull")


def land_deletion(folder: Path, response_id: str, *, days: int) -> None:
    """Land what a sweep says of a response that is gone."""
    item = {"response_id": response_id, "is_deleted": True}
    _line(folder, "f", item, days=days, source="sweep")


def decide(
    connection: duckdb.DuckDBPyConnection, kind: str, *, days: int, decision_id: str = "d"
) -> None:
    """Have a decision be won or lost, as an export so many days on says."""
    row = {"decision_id": decision_id, "decision_kind": kind, "decided_on": AT.date()}
    at = AT + timedelta(days=days)
    warehouse.load_records(connection, "decisions", pl.DataFrame([row]), key="decision_id", now=at)


def land_form(folder: Path, language: str, *titles: str, days: int = 0) -> None:
    """Land the form's definition, which asks in a language from its first day on."""
    fields = [
        {"id": str(place), "ref": "what_happened", "type": "long_text", "title": title}
        for place, title in enumerate(titles, 1)
    ]
    item = {"settings": {"language": language}, "fields": fields}
    _line(folder, "f", item, days=days, source="definition")


def _line(folder: Path, form_id: str, item: Any, *, days: int, source: str) -> None:
    at = (AT + timedelta(days=days)).isoformat()
    head = {"form_id": form_id, "form_kind": "lost_deal", "source": source, "fetched_at": at}
    landing.write_lines(folder, form_id, json.dumps({**head, "item": item}).encode() + b"\n")


def write_codebook(
    path: Path,
    reasons: list[dict[str, str]] | None = None,
    terms: list[dict[str, str]] | None = None,
) -> Path:
    """A codebook of one's own: by default three reasons, each with one word for it."""
    for file, rows in (
        (path, reasons or REASONS),
        (path.with_name(f"{path.stem}.terms.csv"), terms or TERMS),
    ):
        columns = list(dict.fromkeys(key for row in rows for key in row))
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        file.write_text(text.getvalue(), encoding="utf-8")
    return path


def recipe_of(recipe: warehouse.Recipe, codebook: Path) -> warehouse.Recipe:
    """A recipe with the codebook as it is written now."""
    coding = CodingSettings(codebook=codebook, sentence_model=False)
    own = recipes.recipe(Settings(company="Harbourline", coding=coding))
    return replace(recipe, taught=own.taught, seeds={**recipe.seeds, **own.seeds})


_LABELS = {
    "polarity": pl.String,
    "reason": pl.String,
    "span_start": pl.Int64,
    "span_end": pl.Int64,
}


def label(
    connection: duckdb.DuckDBPyConnection,
    text: str,
    *reasons: str,
    days: int,
    reviewer: str = "ada",
    sample: str = "random",
    is_marked: bool = True,
    stance: str = "against",
) -> None:
    """Have a person code a text so many days on; without a reason none applies."""
    at = AT + timedelta(days=days)
    row = {
        "label_id": f"{reviewer}-{hash_of(text)}-{days}",
        "text_hash": hash_of(text),
        "stance": stance,
        "reviewer": reviewer,
        "labelled_at": at,
        "sample": sample,
        "is_blind": True,
        "polarity": None,
        "codebook_version": "b",
    }
    rows = [
        {
            **row,
            "reason": reason,
            "is_primary": place == 0,
            "span_start": place if reason and is_marked else None,
            "span_end": place + 4 if reason and is_marked else None,
        }
        for place, reason in enumerate(reasons or (None,))
    ]
    frame = pl.DataFrame(rows, schema_overrides=_LABELS)
    warehouse.load_records(connection, "labels", frame, key="label_id", now=at)


def build(
    connection: duckdb.DuckDBPyConnection,
    recipe: warehouse.Recipe,
    folder: Path,
    *,
    days: int,
    is_full: bool = False,
) -> warehouse.Built:
    """Load what has landed and build, so many days on."""
    at = AT + timedelta(days=days)
    connection.execute("begin")
    warehouse.load_landing(connection, folder, now=at)
    connection.execute("commit")
    return warehouse.build(connection, recipe, as_of=at, is_full=is_full)


def content(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of staging and marts, by relation."""
    names = connection.execute(
        "select concat(schema_name, '.', table_name) from duckdb_tables()"
        " where schema_name in ('staging', 'marts') order by all"
    ).fetchall()
    return {name: connection.execute(f"from {name} order by all").fetchall() for (name,) in names}


def codes(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """Response, reason and coder of every code that counts."""
    return connection.execute(
        "select response_id, reason, coder from marts.codes order by all"
    ).fetchall()


class Watched:
    """A coder as the recipe makes it, and every text it was given."""

    def __init__(self, coder: warehouse.Coder, given: list[str]) -> None:
        self._coder, self._given = coder, given
        self.codebook_version = coder.codebook_version
        self.model_version = coder.model_version

    def code(
        self, texts: pl.DataFrame, progress: Progress | None = None
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Hand the texts on."""
        self._given += texts["text"].to_list()
        return self._coder.code(texts, progress)


def watched(recipe: warehouse.Recipe) -> tuple[warehouse.Recipe, list[str]]:
    """The recipe, and the texts that its coders are given from now on."""
    given: list[str] = []
    return replace(recipe, taught=lambda labels: Watched(recipe.taught(labels), given)), given
