"""Which reasons our report looks for by name: the list is complete, and says what is so."""

import re
from pathlib import Path

from winloss import resources
from winloss.coding import codebook
from winloss.coding.codebook.panels import PANELS

SOURCE = Path(codebook.__file__).parents[2]
READERS = (
    *(resources.folder("sql") / layer for layer in ("staging", "marts", "reports", "checks")),
    SOURCE / "lenses",
    resources.folder("reports"),
)

# Words that are no reason where they stand, though the codebook has one of that name: questions,
# choices, outcomes, columns, parts of a page.
HOMONYMS = {
    "ammunition": {"trust.sql", "trust/__init__.py", "trust/moments.py"},
    "in_house": {"coverage/splits.py"},
    "inside": {"talk/inside.py"},
    "missing_proof": {
        *("promise_views.sql", "promises_answers.sql"),
        *("promises/__init__.py", "promises/selling.py"),
    },
    "no_decision": {"coverage/splits.py"},
    "outside": {"talk/outside.py"},
    "price": {"ladder/moments.py"},
    "product": {"drivers/ratings.py", "loyalty.sql", "loyalty/ties.py"},
    "rival": {"loyalty/since.py"},
    "service": {"drivers/ratings.py"},
    "trust": {"trust/__init__.py", "reports/sections.py"},
}


def named() -> set[tuple[str, str]]:
    """Every code of ours that stands in quotes where reports are made: (its file, code)."""
    codes = "|".join(codebook.read().reasons)
    quoted = re.compile(rf"""(['"])({codes})\1""")
    files = (
        path for folder in READERS for path in folder.rglob("*") if path.suffix in {".sql", ".py"}
    )
    return {
        (path.as_posix(), match[2])
        for path in files
        for match in quoted.finditer(path.read_text(encoding="utf-8"))
    }


def test_every_reason_read_by_name_is_listed():
    """A new one fails here: list it in panels.py, or say that it is no reason."""
    listed = {(panel.query, code) for panel in PANELS for code in panel.reasons}

    found = {
        (path, code)
        for path, code in named()
        if not path.endswith(tuple(HOMONYMS.get(code, {"\0"})))
    }

    assert {(path[path.find("sql/") :], code) for path, code in found} == listed


def test_what_is_listed_is_ours():
    ours = codebook.read().reasons

    assert {code for panel in PANELS for code in panel.reasons} <= set(ours)
