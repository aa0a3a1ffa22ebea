"""What a person's judged rows become: statements in raw, kept for good."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import polars as pl

from winloss.quotes import folded
from winloss.reviewing.ids import Key
from winloss.reviewing.judging import Coding, Judged
from winloss.warehouse.reviewing import LABELS, NAMES

_SAID = ("reason", "is_primary", "polarity", "span_start", "span_end")


def spelled(name: str, people: pl.DataFrame) -> str:
    """A reviewer's name as it was written first, whatever its capitals: one person is one."""
    wanted = " ".join(name.split())
    known = people["reviewer"].unique().sort() if people.height else ()
    return next((one for one in known if one.casefold() == wanted.casefold()), wanted)


def news(codings: Sequence[Coding], people: pl.DataFrame, who: str) -> list[Coding]:
    """The codings that say otherwise than this person's last one of the same text."""
    last: dict[Key, set[tuple[Any, ...]]] = {}
    for row in people.filter(pl.col("reviewer") == who).to_dicts():
        said = (row["sample"], row["is_blind"], *(row[name] for name in _SAID))
        last.setdefault((row["text_hash"], row["stance"]), set()).add(said)
    return [coding for coding in codings if last.get(coding.key) != set(_said(coding))]


def labels(
    codings: Iterable[Coding], who: str, stated_at: datetime, codebook_version: str
) -> pl.DataFrame:
    """One row per reason of each coding, or one without a reason: as `warehouse` takes them."""
    rows = [
        (_label_id(coding, who, stated_at), *coding.key, who, stated_at, *said, codebook_version)
        for coding in codings
        for said in _said(coding)
    ]
    return pl.DataFrame(rows, schema=LABELS, orient="row")


def names(judged: Iterable[Judged], who: str, stated_at: datetime) -> pl.DataFrame:
    """One row per word that is a person's name or is none; a person anywhere is one everywhere."""
    said: dict[str, bool] = {}
    for row in judged:
        for words, is_person in ((row.people, True), (row.cleared, False)):
            for word in filter(None, (" ".join(folded(each)) for each in words)):
                said[word] = said.get(word, False) or is_person
    rows = [(word, is_person, who, stated_at) for word, is_person in sorted(said.items())]
    return pl.DataFrame(rows, schema=NAMES, orient="row")


def _said(coding: Coding) -> list[tuple[Any, ...]]:
    draw = (coding.draw.sample, coding.draw.is_blind)
    if not coding.codes:
        return [(*draw, *(None for _ in _SAID))]
    return [
        (*draw, code.reason, code.is_primary, code.polarity, *(code.span or (None, None)))
        for code in coding.codes
    ]


def _label_id(coding: Coding, who: str, stated_at: datetime) -> str:
    """One coding: a person, a text and an instant."""
    parts = "\x1f".join((who, *coding.key, stated_at.isoformat()))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
