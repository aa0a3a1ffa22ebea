"""Says in one line why an analyst's query failed, and what to do where it was asked."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from winloss.errors import WarehouseError
from winloss.warehouse.troubles import interruptible

_LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)
_KIND = re.compile(r"^[A-Za-z ]+ Error: ")
_OF_ITS_OWN = re.compile(r' Did you mean "(pg_|duckdb_|sqlite_)[^?]*\?')
_OF_NAMES = (duckdb.CatalogException, duckdb.BinderException)
_DAMAGED = (duckdb.IOException, duckdb.FatalException, duckdb.SerializationException)
_CLOSED = ("has been disabled by", "is disabled through", "are disabled by", "in-memory database")


@dataclass(frozen=True)
class Place:
    """Where queries are asked: how the same next step is said there."""

    names: str
    """What says which tables and columns there are."""
    files: str
    """What writes an answer to a file."""
    whole: str
    """What gives all the rows of an answer that is shown in part."""


COMMAND_LINE = Place(
    names="`winloss dictionary`", files="--out FILE.csv", whole="--format csv gives all of them"
)
PROMPT = Place(
    names=".tables", files=".out FILE.csv", whole=".format csv or .out FILE.csv gives all of them"
)


@contextmanager
def explained(place: Place, path: Path) -> Iterator[None]:
    """Raise WarehouseError for what a query on the copy at `path` ends in."""
    try:
        with interruptible():
            yield
    except (duckdb.Error, OSError) as error:  # Arrow's reader turns the one into the other
        raise WarehouseError(_said(error, place, path)) from error


def damaged(path: Path, error: BaseException) -> WarehouseError:
    """The copy cannot be read, and what to do next."""
    return WarehouseError(
        f"The published copy {path} is damaged ({_reason(error)}). `winloss build` makes it anew."
    )


def _said(error: duckdb.Error | OSError, place: Place, path: Path) -> str:
    text = str(error)
    if "read-only mode" in text and not any(each in text for each in _CLOSED):
        return "The copy is read-only: a query cannot change it."
    if any(each in text for each in _CLOSED):
        return (
            "Nothing but the copy is open to a query: it reads and writes no other file. "
            f"For an answer in a file: {place.files}."
        )
    if "configuration has been locked" in text:
        return "The settings of DuckDB are fixed here; a query cannot change them."
    if isinstance(error, _DAMAGED):
        return str(damaged(path, error))
    line = _LINE.search(text)
    where = f" at its line {line[1]}" if line else ""
    end = f" ({place.names} says what there is to ask for)." if isinstance(error, _OF_NAMES) else ""
    return f"The query failed{where}: {_reason(error)}{end}"


def _reason(error: BaseException) -> str:
    """DuckDB's own words on one line, without its kinds of error and its own tables."""
    reason = " ".join(str(error).partition("\nLINE ")[0].split())
    return _OF_ITS_OWN.sub("", _KIND.sub("", reason))
