"""Sheets as CSV: harmless going out, and read back however they were saved."""

import csv
import io
from pathlib import Path

import pytest
from tests.reviewing import filling
from tests.reviewing.invented import code, known, sheet, text

from winloss.errors import ReviewError
from winloss.reviewing import harmless, spreadsheets
from winloss.reviewing.spreadsheets import COLUMNS

FORMULA = '=SUM(A1;"b") and support took days'
RUNS = (
    "well; =1+1, @SUM(A1)\t+2\n-3 \u200b＝4; \ufeff=5;\"=6 ,;,= '-7"
    " and 3 - 2 = 1, it's a-b; '=8; ''=9"
)
TEXTS = (
    FORMULA,
    "Ana Ruiz, “the one”, said\nnothing; it’s late",
    *("-5 % off", "naïve café", RUNS, "  =1", "\u200b@x", "＋1", "plain; and - so, on"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sheet as exported."""
    codes = [
        code(FORMULA, "support", "support"),
        code("-5 % off", "price_level", is_suggested=True),
    ]
    programme = known([text(each) for each in TEXTS], codes)
    path = tmp_path / "review.csv"
    path.write_bytes(spreadsheets.write(sheet(programme).rows))
    return path


def test_columns_and_words(path: Path) -> None:
    """The columns in their order, the words as typed and masked, nothing filled in."""
    found = filling.rows(path)

    assert tuple(found[0]) == COLUMNS
    by_text = {row["text"]: row for row in found}
    assert "[name], “the one”, said\nnothing; it’s late" in by_text
    assert by_text[f"'{FORMULA}"]["suggested"] in ("support", "")
    assert {row["decision"] for row in found} == {"against us: they did not buy"}
    assert not any(row[name] for row in found for name in spreadsheets.FILLED_IN)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_runs(path: Path, separator: str) -> None:
    """No cell begins like a formula, by whatever the file is parted."""
    text = path.read_bytes().decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]

    assert not any(cell.lstrip('"\u200b\ufeff \t\n')[:1] in tuple("=+-@＝") for cell in cells)


def wrapped(text: str) -> str:
    """As a spreadsheet saves what it opened with the wrong separator: each line is one cell."""
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=";").writerows([line] for line in text.splitlines())
    return saved.getvalue()


def test_opened_with_the_wrong_separator_and_saved(path: Path, tmp_path: Path) -> None:
    """Each line in one cell: read as what it was, once."""
    saved = filling.filled(path, tmp_path / "filled.csv", lambda _: {"reasons": "none"})
    text = saved.read_bytes().decode("utf-8-sig")
    expected = [(row.name, row.reasons) for row in spreadsheets.read(saved)]
    saved.write_text(wrapped(text), encoding="utf-8-sig")

    assert [(row.name, row.reasons) for row in spreadsheets.read(saved)] == expected
    saved.write_text(wrapped(wrapped(text)), encoding="utf-8-sig")
    with pytest.raises(ReviewError, match="wrong separator"):
        spreadsheets.read(saved)


@pytest.mark.parametrize(
    "content",
    [
        '"row,text,reasons";\n"x,good";" bad,none"\n',
        'row,text,reasons;;\n"20261005-x,""good, well"",";;none\n',
    ],
)
def test_opened_with_the_wrong_separator_and_mixed_up(tmp_path: Path, content: str) -> None:
    """A semicolon in a text has parted a line, or somebody filled in beside it: what to do."""
    saved = tmp_path / "filled.csv"
    saved.write_text(content)

    with pytest.raises(ReviewError, match=r"wrong separator.*with the comma as the separator"):
        spreadsheets.read(saved)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_read_as_saved(path: Path, tmp_path: Path, separator: str, encoding: str) -> None:
    """Excel's ways of saving, and columns in another order."""
    names = [row["row"] for row in filling.rows(path)]
    saved = filling.filled(
        path,
        tmp_path / "filled.csv",
        lambda row: {"reasons": "support", "evidence": row["text"][:9], "comment": "café; “yes”"},
        separator=separator,
        encoding=encoding,
        order=lambda header: header[::-1],
    )

    read = spreadsheets.read(saved)

    assert [row.name for row in read] == names
    assert [row.line for row in read] == list(range(2, len(TEXTS) + 2))
    assert {row.comment for row in read} == {"café; “yes”"}
    assert any(row.evidence == FORMULA[:8] for row in read)


def test_rows_are_counted_as_a_spreadsheet_does(path: Path, tmp_path: Path) -> None:
    """Empty rows and headers in other letters; a row that was cut short."""
    first, *rest = path.read_bytes().decode("utf-8-sig").splitlines()
    name = filling.rows(path)[0]["row"]
    edited = tmp_path / "edited.csv"
    header = first.upper().replace("ROW", " Row ")
    edited.write_text("\n".join([header, "", ",,,", f"{name},,,,,none"]), encoding="utf-8")

    (row,) = spreadsheets.read(edited)

    assert rest
    assert (row.line, row.name, row.reasons) == (4, name, "none")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "lacks the columns"),
        (b"a,b\n1,2\n", "lacks the columns"),
        (b"PK\x03\x04rest", "Save it as CSV"),
        (b"\xef\xbb\xbf<!doctype html><html>", "press Save"),
        (b"row,reasons\nx\x81,none\n", "UTF-16 nor Windows-1252"),
        (b'row,reasons\nx,"none\n', "cut off"),
        (b"row,reasons,reasons\nx,none,none\n", "two columns reasons"),
    ],
)
def test_what_is_no_sheet(tmp_path: Path, content: bytes, said: str) -> None:
    """Each in one line that says what to do."""
    path = tmp_path / "other.csv"
    path.write_bytes(content)

    with pytest.raises(ReviewError, match=said):
        spreadsheets.read(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="cannot be read"):
        spreadsheets.read(tmp_path / "none.csv")


@pytest.mark.parametrize("text", [*TEXTS, "'=1", "x, ''-2", "it's '-5 here", "\n\t=1", "==", ";="])
def test_what_is_guarded_comes_back_bare(text: str) -> None:
    """To the letter, also where a customer typed the apostrophe."""
    assert harmless.bare(harmless.guarded(text)) == text


def test_no_apostrophe_where_nothing_could_run() -> None:
    text = "3 - 2 = 1, it's a-b; x@y.example 'so' = +"

    assert harmless.guarded(text) == text
    assert harmless.guarded("a; =1") == "a; '=1"


def test_guarding_a_long_text_takes_no_time() -> None:
    text = "\n" * 200_000 + "x" + "; " * 100_000

    assert harmless.guarded(text) == text
