"""Names in sheets: looked at, masked or cleared, and taken back, as the next build obeys."""

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.e2e.reviewed import asked, coded, exported, sent_back
from tests.reviewing import filling

from winloss import sample, settings, steps, warehouse
from winloss.reviewing import Wanted
from winloss.warehouse import reviewing as warehouse_reviewing

pytestmark = pytest.mark.slow


def test_what_is_a_name_is_masked_from_then_on(home: Path, tmp_path: Path) -> None:
    """And what is none may be printed; said again nothing is added; of the rest nothing is said."""
    sheet = exported(home, tmp_path, Wanted(text_count=2_000))
    checked = [row for row in filling.rows(sheet) if row["check"]]
    person = checked[0]["check"].split("; ")[0]

    def fill(row: filling.Cells) -> filling.Cells:
        words = [word for word in row["check"].split("; ") if word]
        others = "; ".join(word for word in words if word != person)
        people = person if person in words else ""
        return {"reasons": "none", "people": people, "no_names": others}

    passed_over = coded(home, sheet, "none")
    taken = sent_back(home, sheet, fill)
    again = sent_back(home, sheet, fill)
    steps.build(home, sample.NOW + timedelta(minutes=1))
    after = exported(home, tmp_path / "after", Wanted(2_000, "second", "Ben"))

    assert (passed_over.name_count, taken.refusals) == (0, ())
    assert taken.name_count > 0
    assert again.name_count == 0
    assert asked(home, "select count(*) from raw.names where is_person") == [(1,)]
    assert [row["check"] for row in filling.rows(after) if row["check"]] == []
    assert not any(person in row["text"].split() for row in filling.rows(after))


def test_what_is_held_back_for_a_name_is_cleared_by_sheets(home: Path, tmp_path: Path) -> None:
    """It comes into a sheet with the words to look at; once these are no names, none is left."""

    def held_back() -> pl.DataFrame:
        with warehouse.writing(home / "warehouse.duckdb") as connection:
            known = warehouse_reviewing.known(connection, settings.read(home))
        return known.texts.filter("is_held_back", pl.col("language") == "en")

    before = held_back()
    sheet = exported(home, tmp_path, Wanted(text_count=2_000))
    asked_about = {row["text"] for row in filling.rows(sheet) if row["check"]}
    taken = sent_back(home, sheet, lambda row: {"no_names": row["check"]})
    steps.build(home, sample.NOW + timedelta(minutes=1))

    assert before.height > 0
    # Shown texts are masked: compared by what no mask touches.
    assert {text for text in asked_about if "[" not in text} & set(before["text"])
    assert (taken.refusals, taken.taken_count) == ((), 0)
    assert held_back().is_empty()


def test_a_name_by_mistake_is_taken_back(home: Path, tmp_path: Path) -> None:
    """It is masked by then, so from any row; the sheet that said so may come again."""
    sheet = exported(home, tmp_path, Wanted(text_count=2_000))
    checked = next(row for row in filling.rows(sheet) if row["check"])
    word = checked["check"].split("; ")[0]
    sent_back(home, sheet, lambda row: {"people": word if row == checked else ""})
    steps.build(home, sample.NOW + timedelta(minutes=1))

    back = sent_back(home, sheet, lambda row: {"no_names": word if row == checked else ""})
    steps.build(home, sample.NOW + timedelta(minutes=2))
    after = exported(home, tmp_path / "after", Wanted(2_000))

    assert (back.name_count, back.refusals) == (1, ())
    assert asked(home, "select is_person from staging.cleared_names") == [(False,)]
    assert checked["text"] in {row["text"] for row in filling.rows(after)}
