"""What somebody at a terminal learns of the agreement, and what they are asked to code next."""

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.lenses.agreed import agreed

from winloss import sample, settings, warehouse
from winloss.errors import ReviewError
from winloss.reviewing import agreement

LOW, HIGH, FEW = (8, 9, 14), (20, 1, 20), (10, 1, 9)


def test_doubtful_reasons_first() -> None:
    """With what it means; of what nobody can say anything there is no row."""
    told = agreement.rows(
        agreed(
            ("price", "machine", *HIGH),
            ("price", "people", *HIGH),
            ("terms", "machine", *LOW),
            ("terms", "people", *HIGH),
            ("trust", "machine", *HIGH),
            ("trust", "people", *LOW),
            ("habits", "machine", *FEW),
            ("moods", "machine", 1, 1, 20),
            (None, "machine", 30, 8, 3),
        )
    )

    assert [(row[0], row[3]) for row in told] == [
        ("the habits", "tentative: too few texts"),
        ("the terms", "tentative: the coder misreads it; correct it in sheets to come"),
        ("the trust", "tentative: people read it differently; make its definition clearer"),
        ("the price", ""),
    ]
    assert told[0][1].startswith(".90 (likely .57 to ")
    assert told[0][1].endswith("), 20 texts")
    assert told[0][2] == "not known yet"


def test_all_reasons_at_once() -> None:
    lines = agreement.summary(
        agreed(
            (None, "machine", 30, 8, 3),
            (None, "people", 10, 1, 0),
            ("moods", "machine", 1, 1, 39),
            ("price", "machine", *HIGH),
        )
    )

    same = "the very same reasons; 86 % of all reasons shared"
    assert lines == (
        f"all at once    people and the coder gave 33 of 41 texts {same}",
        f"all at once    two people gave 10 of 11 texts {same}",
        "too rare       one reason is named in fewer than five texts; every sheet adds to them",
    )


@pytest.mark.parametrize(
    ("machine", "people", "said"),
    [
        (0, 0, ("30 more texts drawn by chance", "30 more texts coded by a second person")),
        (29, 12, ("one more text drawn by chance", "18 more texts coded by a second person")),
        (30, 29, ("one more text coded by a second person",)),
        (30, 30, ()),
    ],
)
def test_how_many_more(machine: int, people: int, said: tuple[str, ...]) -> None:
    """Up to the number from which agreement may be relied on, and no sheet is too long."""
    found = agreed((None, "machine", machine, 0, 0), (None, "people", people, 0, 0))

    lines = agreement.todo(found)

    assert (
        tuple(line.removeprefix("next           ").split(",")[0].split(":")[0] for line in lines)
        == said
    )
    if machine == 29:
        assert lines[0].endswith("winloss review export --texts 10")
        assert lines[1].endswith("review export --second --texts 18 --reviewer NAME")


@pytest.fixture
def home(tmp_path: Path, recipe: warehouse.Recipe) -> Path:
    """A programme that was built once, with nothing in it but a check of one reason."""
    (tmp_path / settings.FILE).write_text('company = "Harbourline"\n', encoding="utf-8")
    programme = settings.read(tmp_path)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        warehouse.build(connection, recipe, as_of=sample.NOW)
        found = agreed(("price", "machine", *HIGH), ("price", "people", *LOW)).with_columns(
            is_in_force=pl.Series([True, False])
        )
        connection.register("given", found.drop("is_named").to_arrow())
        connection.execute("insert into marts.agreement by name from given")
        connection.unregister("given")
    return tmp_path


def test_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the codebook in force alone."""
    agreement.show(home)

    shown = capsys.readouterr().out
    assert "the price" in shown
    assert "41 texts" in shown
    assert "31 texts" not in shown
    assert "since the last build" not in shown


def test_what_came_since_is_not_in_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    programme = settings.read(home)
    label = pl.DataFrame(
        {
            "label_id": ["a"],
            "text_hash": ["t"],
            "stance": ["against"],
            "reviewer": ["ana"],
            "labelled_at": [sample.NOW],
            "sample": ["random"],
            "is_blind": [True],
        }
    )
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        later = sample.NOW + timedelta(hours=1)
        warehouse.load_records(connection, "labels", label, key="label_id", now=later)

    agreement.show(home)

    said = "one text coded since the last build is not counted yet: winloss build"
    assert said in capsys.readouterr().out


def test_before_the_first_build(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text('company = "Harbourline"\n', encoding="utf-8")
    programme = settings.read(tmp_path)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone):
        pass

    with pytest.raises(ReviewError, match="run `winloss build`"):
        agreement.show(tmp_path)
