"""The questions analysts start from are answered by the published copy, in a screen or two."""

import re
from pathlib import Path

import duckdb
import polars as pl
import pytest
from tests import silent

from winloss import resources, settings, warehouse
from winloss.warehouse import models

FOLDER = resources.folder("sql") / "examples"
EXAMPLES = sorted(FOLDER.glob("*.sql"))
FEWEST = 18
MOST_ROWS = 50
MOST_COLUMNS = 10


@pytest.fixture(scope="module")
def empty_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of a programme that nobody has answered yet."""
    return silent.files(tmp_path_factory)["copy"]


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


def answered(finished: Path, name: str) -> pl.DataFrame:
    """What one example answers on the sample."""
    programme = settings.read(finished)
    with warehouse.reading(programme.published, zone=programme.time_zone) as connection:
        found: pl.DataFrame = connection.sql(models.sql(f"examples/{name}")).pl()
        return found


def test_a_decision_counts_under_every_reason_named_in_it(finished: Path) -> None:
    """Where people of one decision disagree the counts add to more, and the example says so."""
    found = answered(finished, "why_they_left")

    assert found["named_by_someone_count"].sum() > found["gave_a_reason_count"][0]
    assert found["gave_a_reason_count"].n_unique() == 1
    for name in ("why_they_left", "what_the_silent_could_change"):
        opening = models.opening(f"examples/{name}")
        assert "at least one person" in opening
        assert "may add to more than one" in opening


def test_one_count_is_the_same_wherever_it_is_given(finished: Path) -> None:
    """How often a reason was named, and out of how many, is one number in both examples."""
    told = ("reason", "named_by_someone_count", "gave_a_reason_count")
    all_of_them = answered(finished, "why_they_left").select(told)
    first = answered(finished, "what_the_silent_could_change")
    counted = first["gave_a_reason_count"] + first["silent_count"]

    assert first.select(told).equals(all_of_them.head(first.height))
    assert (first["at_least"] == (first["named_by_someone_count"] / counted).round(2)).all()
    assert (first["at_most"] <= 1).all()


def test_complaints_come_first(finished: Path) -> None:
    """Words say whom they speak of and how, and praise comes after everything else."""
    order = {"ours_bad": 0, "theirs_good": 1, "neutral": 2, "theirs_bad": 3, "ours_good": 4}
    found = answered(finished, "words_behind_a_reason")
    places = [order[polarity] for polarity in found["polarity"]]

    assert places == sorted(places)
    assert len(set(places)) > 1
    assert not found["form_kind"].null_count()
    assert found.select("polarity", "reason").is_unique().all()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_reasons_are_printed_as_worded(path: Path, finished: Path) -> None:
    """No answer shows a code of the codebook, whose label says it in words."""
    with warehouse.reading(settings.read(finished).published) as connection:
        coded = connection.execute(
            "select reason from seeds.reasons where contains(reason, '_')"
        ).fetchall()
    codes = re.compile("|".join(rf"\b{re.escape(code)}\b" for (code,) in coded))
    cells = [str(cell) for row in answered(finished, path.stem).iter_rows() for cell in row]

    assert coded
    assert [cell for cell in cells if codes.search(cell)] == []


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
