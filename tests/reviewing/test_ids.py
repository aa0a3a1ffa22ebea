"""Names of rows: opaque, ours alone, and found again."""

from datetime import date

import pytest

from winloss.reviewing import ids

SHEET = ids.sheet_name("salt", date(2026, 10, 5), ["a", "b"])
KEY = ("0cc175b9c0f1b6a831c399e269772661", "against")
NAME = ids.row_name("salt", SHEET, "u", KEY)


def test_a_row_is_found_again() -> None:
    """The text and the way it was drawn come back, whatever case a spreadsheet made of it."""
    read = ids.read("salt", f" {NAME.upper()} ")

    assert read is not None
    assert read.draw == ids.Draw("unsure", is_blind=False)
    assert ids.meant("salt", [read], [("other", "for"), KEY]) == {read: KEY}


def test_a_text_that_is_gone_is_not_found() -> None:
    """A changed text has another hash; so has the same text under another stance."""
    read = ids.read("salt", NAME)

    assert read is not None
    assert ids.meant("salt", [read], [("other", "against"), (KEY[0], "for")]) == {}


def test_nothing_can_be_read_out_of_it() -> None:
    """Neither the text's hash nor its stance stands in a row's name."""
    assert KEY[0] not in NAME
    assert KEY[0][:8] not in NAME
    assert "against" not in NAME


@pytest.mark.parametrize(
    "other",
    [
        "",
        "row",
        NAME[:-1],
        NAME[:-1] + ("0" if NAME[-1] != "0" else "1"),
        NAME.replace("-u", "-r"),
        ids.row_name("another", SHEET, "u", KEY),
    ],
)
def test_what_we_did_not_make_is_nobodys(other: str) -> None:
    """Cut, altered, made blind by hand, or of another programme."""
    assert ids.read("salt", other) is None


def test_a_sheet_is_named_for_its_day_and_content() -> None:
    """The same content on the same day has one name; anything else another."""
    assert SHEET.startswith("20261005-")
    assert ids.sheet_name("salt", date(2026, 10, 5), ["a", "b"]) == SHEET
    assert ids.sheet_name("salt", date(2026, 10, 5), ["ab"]) != SHEET


def test_for_whom_a_sheet_was_made() -> None:
    """One made for nobody is for everybody; a name in other capitals is the same; none is told."""
    bens = ids.sheet_name("salt", date(2026, 10, 5), ["a", "b"], "Ben  Cole")

    assert ids.may_be_for("salt", bens, "ben cole")
    assert not ids.may_be_for("salt", bens, "Ann")
    assert ids.may_be_for("salt", SHEET, "Ann")
    assert "ben" not in bens.lower()
    read = ids.read("salt", ids.row_name("salt", bens, "u", KEY))
    assert read is not None
    assert read.sheet == bens
