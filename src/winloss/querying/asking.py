"""What an analyst means: SQL as typed, a file of it, or a question of `sql/examples` by name."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from winloss import resources
from winloss.errors import WarehouseError
from winloss.wording import listed

_COMMENT = "-- "


@dataclass(frozen=True)
class Asked:
    """One query, and the question it answers where that is known."""

    query: str
    question: str = ""


def examples() -> dict[str, Asked]:
    """The questions that analysts start from: name of the file -> its question and query."""
    folder = resources.folder("sql") / "examples"
    return {path.stem: _of(path) for path in sorted(folder.glob("*.sql"))}


def asked(words: str) -> Asked:
    """The query that `words` mean: an example's name, a file that ends with .sql, or SQL.

    Raises WarehouseError for a file that cannot be read, and a word that is none of the three.
    """
    words = words.strip()
    name = bare(words)
    if name.endswith(".sql") and len(words.splitlines()) == 1:
        return _of(Path(name))
    if len(words.split()) == 1:
        return example(name, "See them all with `winloss sql --examples`, or ask in SQL.")
    return Asked(words)


def example(name: str, where_more: str) -> Asked:
    """The example question of that name; raises WarehouseError with the nearest names."""
    known = examples()
    if name in known:
        return known[name]
    raise WarehouseError(
        f"There is no example question{f' named {name}' if name else ' without a name'}; "
        f"there are {listed([*near(name, known), 'others'])}. {where_more}"
    )


def near(name: str, known: Iterable[str]) -> list[str]:
    """Up to three known names, the nearest first; any three where none is near."""
    names = list(known)
    return difflib.get_close_matches(name, names, n=3, cutoff=0.5) or names[:3]


def bare(words: str) -> str:
    """A command or a name without the semicolon that a habit puts behind it."""
    return words.rstrip("; \t\n").lstrip()


def _of(path: Path) -> Asked:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise WarehouseError(f"There is no file {path}; name a file of SQL.") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise WarehouseError(
            f"The file {path} cannot be read ({reason}); name a file of SQL in UTF-8."
        ) from error
    first = text.partition("\n")[0]
    return Asked(text, first.removeprefix(_COMMENT) if first.startswith(_COMMENT) else "")
