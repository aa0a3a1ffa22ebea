"""docs/decisions.md says what the reader does: every entity, column, type and choice."""

import re
from pathlib import Path

import polars as pl
import pytest

from winloss.crm.shape import INSTANT, SHAPES, Shape
from winloss.settings import CrmFile

DOCUMENT = Path(__file__).parents[2] / "docs" / "decisions.md"
WORDS = {
    pl.String(): "text",
    pl.Float64(): "number",
    pl.Boolean(): "yes or no",
    pl.Date(): "day",
    INSTANT: "instant",
}

Row = tuple[str, str, bool]


def section(title: str) -> str:
    """What stands under a heading, up to the next one."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found = re.search(rf"^##+ {title}\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{DOCUMENT.name} has no section {title!r}"
    return found[1]


def rows(title: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.entity)
def test_columns(shape: Shape) -> None:
    """The columns in order, their types, and which are required."""
    documented: list[Row] = [
        (name.strip("`"), word, required == "yes") for name, word, required, _ in rows(shape.entity)
    ]

    assert documented == [
        (name, WORDS[type_], name in shape.required) for name, type_ in shape.columns.items()
    ]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.entity)
def test_choices(shape: Shape) -> None:
    """The values a column may hold, all of them and no other."""
    meanings = {name.strip("`"): meaning for name, _, _, meaning in rows(shape.entity)}
    listed = {
        name: tuple(re.findall(r"`(\w+)`", re.split(r"[;,] [^`]", meaning)[0]))
        for name, meaning in meanings.items()
        if meaning.startswith("one of ")
    }

    assert listed == dict(shape.choices)
    assert all(meanings.values())


def test_entities() -> None:
    """Every entity that can be read has its section, and no other has one."""
    headings = re.findall(r"^### (\w+)$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)

    assert headings == [shape.entity for shape in SHAPES]


def test_settings() -> None:
    """Every setting of a file, with its default."""
    documented = {
        name.strip("`"): default.strip("`") for name, default, _ in rows("A file and its columns")
    }

    assert documented.keys() == CrmFile.model_fields.keys()
    for name, field in CrmFile.model_fields.items():
        if isinstance(field.default, str):
            assert documented[name] == field.default
