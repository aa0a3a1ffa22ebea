"""The names of a sheet and its rows: they say which programme made them, and nothing else.

A row's name is a keyed hash (HMAC, RFC 2104) of its text and stance. Nobody can read a text, or
guess a masked name, out of it; who holds the programme's salt finds the text again.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Sample = Literal["random", "unsure", "disputed"]
Key = tuple[str, str]
"""A text's hash and its stance."""

_REFERENCE = 20
_PROOF = 8
_CONTENT = 6
_READER = 4
_ROW = re.compile(
    rf"(?P<sheet>\d{{8}}-[0-9a-f]{{{_CONTENT}}}(?:[0-9a-f]{{{_READER}}})?)-(?P<letter>[rsud])"
    rf"(?P<reference>[0-9a-f]{{{_REFERENCE}}})(?P<proof>[0-9a-f]{{{_PROOF}}})"
)


@dataclass(frozen=True)
class Draw:
    """How a text came into a sheet, and whether what others made of it was kept from view."""

    sample: Sample
    is_blind: bool


DRAWS = {
    "r": Draw("random", is_blind=True),
    "u": Draw("unsure", is_blind=False),
    "s": Draw("unsure", is_blind=True),
    "d": Draw("disputed", is_blind=False),
}
"""By the letter that stands for it in a row's name; `s` is a second person's."""


@dataclass(frozen=True)
class RowName:
    """A row's name, taken apart."""

    sheet: str
    letter: str
    reference: str

    @property
    def draw(self) -> Draw:
        """How the row was drawn."""
        return DRAWS[self.letter]


def sheet_name(salt: str, made_on: date, content: Iterable[str], reader: str = "") -> str:
    """The name of a sheet: its day, a hash of what it holds, and one of whom it is for."""
    content_mark = _keyed(salt, "sheet", *content)[:_CONTENT]
    return f"{made_on:%Y%m%d}-{content_mark}{_reader(salt, reader) if reader else ''}"


def may_be_for(salt: str, sheet: str, reader: str) -> bool:
    """Whether a sheet was made for this person, or for nobody in particular."""
    mark = sheet.partition("-")[2][_CONTENT:]
    return mark in ("", _reader(salt, reader))


def row_name(salt: str, sheet: str, letter: str, key: Key) -> str:
    """The name of one row of a sheet."""
    reference = _reference(salt, sheet, letter, key)
    return f"{sheet}-{letter}{reference}{_proof(salt, sheet, letter, reference)}"


def read(salt: str, name: str) -> RowName | None:
    """A row's name taken apart; None when this programme did not give it."""
    match = _ROW.fullmatch(name.strip().lower())
    if match is None:
        return None
    sheet, letter, reference, proof = match.groups()
    if not hmac.compare_digest(_proof(salt, sheet, letter, reference), proof):
        return None
    return RowName(sheet, letter, reference)


def meant(salt: str, names: Iterable[RowName], keys: Iterable[Key]) -> dict[RowName, Key]:
    """Which text each row is about; a row whose text is not among `keys` is left out."""
    wanted = set(names)
    every_key = tuple(keys)
    return {
        name: key
        for sheet, letter in sorted({(name.sheet, name.letter) for name in wanted})
        for key in every_key
        if (name := RowName(sheet, letter, _reference(salt, sheet, letter, key))) in wanted
    }


def _reader(salt: str, name: str) -> str:
    return _keyed(salt, "reader", " ".join(name.split()).casefold())[:_READER]


def _reference(salt: str, sheet: str, letter: str, key: Key) -> str:
    return _keyed(salt, "row", sheet, letter, *key)[:_REFERENCE]


def _proof(salt: str, sheet: str, letter: str, reference: str) -> str:
    return _keyed(salt, "proof", sheet, letter, reference)[:_PROOF]


def _keyed(salt: str, *parts: str) -> str:
    message = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hmac.new(salt.encode(), message, hashlib.sha256).hexdigest()
