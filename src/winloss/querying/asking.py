"""What an analyst means: SQL as typed, a file of it, or a question of `sql/examples` by name."""

import difflib
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
    known = examples()
    if words in known:
        return known[words]
    if words.endswith(".sql") and len(words.splitlines()) == 1:
        return _of(Path(words))
    if len(words.split()) == 1:
        near = difflib.get_close_matches(words, known, n=3, cutoff=0.5) or [*known][:3]
        raise WarehouseError(
            f"There is no example question named {words}; there are {listed([*near, 'others'])}. "
            "See them all with `winloss sql --examples`, or ask in SQL."
        )
    return Asked(words)


def _of(path: Path) -> Asked:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WarehouseError(
            f"The file {path} cannot be read ({error}); name a file of SQL in UTF-8."
        ) from error
    first = text.partition("\n")[0]
    return Asked(text, first.removeprefix(_COMMENT) if first.startswith(_COMMENT) else "")
