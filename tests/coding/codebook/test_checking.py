"""Everything that can be wrong with a codebook, told with its place and what to do."""

import csv

import pytest
from tests.coding.codebook.books import add, write

from winloss.coding import codebook

HEADER = "reason|parent|label|polarity|valid_from|valid_to|becomes"
FAMILY = "price||price||||"
GOOD = "fee|price|the fee||||"


def told(path):
    """What is told, as (file, row, what)."""
    return [(each.file, each.row, each.what) for each in codebook.check(path)]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("|price|x||||", "the reason is empty"),
        ("a;b|price|x||||", "'a;b' is no code"),
        ("a\tb|price|x||||", r"'a\tb' is no code"),
        ("fee|price|x||||", "'fee' is there twice, first in row 3"),
        ("a|price|||||", "'a' has no label"),
        ("Fee|price|x||||", "'Fee' differs from 'fee' in row 3 in capitals alone"),
        ("None|price|x||||", "'None' is no code: in review sheets it says that no reason applies"),
        (
            "a|prise|x||||",
            "'a' has the parent 'prise', which is not in the file (near it: 'price')",
        ),
        ("a|fee|x||||", "'a' has the parent 'fee', which has one itself"),
        ("a|a|x||||", "'a' has the parent 'a', which has one itself"),
        ("a|price|x|bad|||", "the polarity 'bad' does not exist"),
        ("a|price|x||soon||", "valid_from 'soon' is no day"),
        ("a|price|x|||31.12.2026|", "valid_to '31.12.2026' is no day"),
        ("a|price|x||2026-02-01|2026-01-01|", "'a' ends before it begins"),
        ("a|price|x||||fee", "'a' becomes another and is not retired"),
        (
            "a|price|x|||2026-01-01|fees",
            "'a' becomes 'fees', which is not in the file (near it: 'fee')",
        ),
        ("a|price|x|||2026-01-01|a", "'a' becomes 'a', which leads back to it"),
        ("a|price|x|||2026-01-01|price", "'a' becomes 'price', which is a family"),
    ],
)
def test_a_wrong_row(tmp_path, row, what):
    """The row as a spreadsheet counts it, and nothing else is told."""
    path = write(tmp_path / "own.csv", HEADER, FAMILY, GOOD, row)

    assert told(path) == [("own.csv", 4, what)]
    assert all(each.to_do for each in codebook.check(path))


def test_a_family_given_up_with_a_reason_in_force(tmp_path):
    path = write(tmp_path / "own.csv", HEADER, "price||price|||2026-01-01|", GOOD, "b||b||||")

    assert told(path) == [
        ("own.csv", 3, "'fee' is in force and its family 'price' is retired"),
    ]


def test_reasons_that_become_one_another(tmp_path):
    """Told of each, and never walked for ever."""
    path = write(
        tmp_path / "own.csv", HEADER, "a||a|||2026-01-01|b", "b||b|||2026-01-01|a", "c||c||||"
    )

    assert [row for _, row, _ in told(path)] == [2, 3]


def test_a_bar_in_a_code(tmp_path):
    path = write(tmp_path / "own.csv", "reason|label", "a|first")
    add(path, "x|y", "second")

    assert told(path) == [("own.csv", 3, "'x|y' is no code")]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("fees|word|2||", "'fees' is no reason of the codebook (near it: 'fee')"),
        ("price|word|2||", "'price' is a family, which no text is given"),
        ("fee|word|9||", "the weight '9' does not exist"),
        ("fee|word|2|bad|", "the polarity 'bad' does not exist"),
        ("fee|(open|2||", "the term '(open' cannot be read, a bracket does not close"),
        ("fee||2||", "the term '' cannot be read, a word is missing"),
        ("fee|the fee|2||", "'the fee' is there twice for 'fee', first in row 2"),
    ],
)
def test_a_wrong_term(tmp_path, row, what):
    path = write(tmp_path / "own.csv", HEADER, FAMILY, GOOD)
    terms = codebook.terms_beside(path)
    write(terms, "reason|pattern|weight|polarity|note", "fee|the fee|1||", row)

    assert told(path) == [("own.terms.csv", 3, what)]


def test_everything_at_once(tmp_path):
    """Reasons first, then terms, each in the order of its rows."""
    path = write(tmp_path / "own.csv", HEADER, "a||||2026-13-01||", FAMILY, GOOD, "b|x|||||")
    write(codebook.terms_beside(path), "reason|pattern|weight", "c|word|7", "fee|)|")

    found = [(file, row) for file, row, _ in told(path)]

    assert found == [
        *[("own.csv", 2)] * 2,
        *[("own.csv", 5)] * 2,
        *[("own.terms.csv", 2)] * 2,
        ("own.terms.csv", 3),
    ]


@pytest.mark.parametrize(
    ("content", "row", "what"),
    [
        (b"", 1, "the column 'reason' is missing"),
        (b"reason,name\na,b\n", 1, "the column 'label' is missing"),
        (b"reason;label\na;b\n", 1, "the columns are separated by ;"),
        (b"reason,label,label\na,b,c\n", 1, "the column 'label' is there twice"),
        (b"reason,label\na,b\nc,caf\xe9\n", 3, "not written in UTF-8"),
        (b"reason,label\na,b\nc,d,e\n", 3, "has three cells, the header has 2"),
        (b'reason,label\na,b\nc,"d\n', None, "cannot be read as CSV (unexpected end of data)"),
        (b"reason,label\n", None, "there is no reason that could be given to a text"),
        (b"reason,label\na\x00,b\n", 2, r"'a\x00' is no code"),
    ],
)
def test_no_table(tmp_path, content, row, what):
    """Files that are none, or hardly."""
    path = tmp_path / "own.csv"
    path.write_bytes(content)

    assert ("own.csv", row, what) in told(path)


def test_a_terms_file_that_is_none(tmp_path):
    path = write(tmp_path / "own.csv", "reason|label", "a|first")
    codebook.terms_beside(path).write_bytes(b"reason,phrase\na,x\n")

    assert told(path) == [("own.terms.csv", 1, "the column 'pattern' is missing")]


def test_nothing_wrong(tmp_path):
    """Ours, and one with every column filled."""
    path = tmp_path / "own.csv"
    columns = codebook.REASON_COLUMNS
    rows = [
        dict.fromkeys(columns, "") | {"reason": "a b", "label": "first", "polarity": "neutral"},
        dict.fromkeys(columns, "")
        | {"reason": "old", "label": "x", "valid_from": "2026-01-01", "valid_to": "2026-01-01"}
        | {"becomes": "a b;"},
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)

    assert codebook.check() == codebook.check(path) == ()
