"""Sheets of a real programme: what they give away, to whom, and the same every time."""

import os
from pathlib import Path

import pytest
from tests.e2e.reviewed import asked, coded, exported, sent_back, table

from winloss import settings, warehouse
from winloss.reviewing import Wanted

pytestmark = pytest.mark.slow


def test_a_sheet_says_nothing_but_words(home: Path, tmp_path: Path) -> None:
    """No name, address, account, seller, id or day of the programme is in it, table or page."""
    sheet = exported(home, tmp_path, Wanted(text_count=2_000, has_all_languages=True))
    page = sheet.with_suffix(".html").read_text(encoding="utf-8")
    cells = [cell for row in table(sheet)[1:] for cell in row[1:]]
    with warehouse.reading(home / "warehouse.duckdb") as connection:
        names = warehouse.Reader(connection, settings.read(home)).names()
    ids = [
        each
        for query in (
            "select decision_id from marts.decisions",
            "select account_id from marts.accounts",
            "select response_id from marts.responses",
            "select respondent from marts.responses where respondent is not null",
            "select verbatim_key from marts.verbatims",
            "select text_hash from marts.verbatims",
        )
        for (each,) in asked(home, query)
    ]

    assert len(cells) > 500
    assert [cell for cell in cells if list(names.find(cell))] == []
    assert [each for each in ids if each in page] == []
    assert "@" not in "".join(cells)
    assert "[name]" in page


def test_nobody_else_may_open_a_sheet(home: Path, tmp_path: Path) -> None:
    """Whatever this machine gives to others by default."""
    before = os.umask(0)
    try:
        sheet = exported(home, tmp_path / "out")
    finally:
        os.umask(before)

    for path in (sheet, sheet.with_suffix(".html")):
        assert path.stat().st_mode & 0o777 == 0o600
    assert sheet.parent.stat().st_mode & 0o777 == 0o700


def test_a_sheet_made_for_somebody_else(home: Path, tmp_path: Path) -> None:
    """It is taken, and said."""
    bens = exported(home, tmp_path, Wanted(reviewer="Ben"))

    assert coded(home, bens, "none", "Ann").others == (f"{bens.stem}-filled.csv",)
    assert coded(home, bens, "none", "BEN").others == ()


def test_changed_round_columns_leave_no_words_behind(home: Path, tmp_path: Path) -> None:
    """Of a row that is refused only a name of ours is kept, else where it stands."""
    sheet = exported(home, tmp_path)

    taken = sent_back(
        home,
        sheet,
        lambda row: {"reasons": "none", **({} if "-r" in row["row"] else {"row": row["text"]})},
    )

    query = "select record_id from ops.rejects where source = 'review'"
    names = [name for (name,) in asked(home, query)]
    assert len(taken.refusals) == 36
    assert {name.partition(" row ")[0] for name in names} == {f"{sheet.stem}-filled.csv"}


def test_made_twice_is_the_same(home: Path, tmp_path: Path) -> None:
    """The draw is nobody's choice: the same files, byte for byte."""
    first = exported(home, tmp_path / "a")
    second = exported(home, tmp_path / "b")

    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()
    assert first.with_suffix(".html").read_bytes() == second.with_suffix(".html").read_bytes()
