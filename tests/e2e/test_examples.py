"""The questions analysts start from are answered by the published copy, in a screen or two."""

import re
from pathlib import Path

import duckdb
import pytest
from tests import silent

from winloss import resources, settings, warehouse

EXAMPLES = sorted((resources.folder("sql") / "examples").glob("*.sql"))
FEWEST = 18
MOST_ROWS = 50
MOST_COLUMNS = 10


@pytest.fixture(scope="module")
def empty_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of a programme that nobody has answered yet."""
    return silent.build(tmp_path_factory.mktemp("silent"))["copy"]


def question(path: Path) -> str:
    """The first line of an example."""
    return path.read_text(encoding="utf-8").partition("\n")[0]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path: Path, finished: Path) -> None:
    """Each answers something on the sample, and little enough to be read; twice the same.

    A share stands beside the counts it is of.
    """
    text = path.read_text(encoding="utf-8")
    programme = settings.read(finished)
    with warehouse.reading(programme.published, zone=programme.time_zone) as connection:
        rows = connection.execute(text).fetchall()
        again = connection.execute(text).fetchall()
        columns = [column[0] for column in connection.execute(f"describe {text}").fetchall()]

    assert 0 < len(rows) <= MOST_ROWS
    assert rows == again
    assert any(value is not None for value in rows[0])
    assert len(columns) <= MOST_COLUMNS
    assert of_how_many(text) - set(columns) == set()


def of_how_many(text: str) -> set[str]:
    """The counts that the shares in a query are of."""
    given = " ".join(re.findall(r"marts\.share\w*\(([^)]*)\)", text))
    return set(re.findall(r"\w+_count\b", given))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_opens_with_its_question(path: Path) -> None:
    """The first line asks, and the rows have an order."""
    text = path.read_text(encoding="utf-8")

    assert question(path).startswith("-- ")
    assert question(path).endswith("?")
    assert "\norder by" in text


def test_there_are_enough_and_none_twice() -> None:
    questions = {question(path) for path in EXAMPLES}

    assert len(questions) == len(EXAMPLES) >= FEWEST
    assert [path for path in EXAMPLES if of_how_many(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_holds_on_an_empty_copy(path: Path, empty_copy: Path) -> None:
    """Before anybody has answered a question is answered with nothing, not with an error."""
    with duckdb.connect(str(empty_copy), read_only=True) as connection:
        connection.execute(path.read_text(encoding="utf-8")).fetchall()
