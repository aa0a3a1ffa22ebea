"""Texts that people have coded, as the learner wants them."""

import random

import pytest
from tests.texts.files import write

from winloss.coding import codebook
from winloss.errors import CodingError
from winloss.texts import Columns, labelled


@pytest.fixture
def read(tmp_path, book):
    """Writes rows and reads them as labels; gives (text, stance, reason, is_primary) and all."""

    def read_rows(rows, header=("id", "text", "reasons"), reasons=""):
        path = write(tmp_path / "labelled.csv", header, rows)
        return labelled.read(path, Columns(), reasons, codebook.read(book))

    return read_rows


def told(found):
    rows = found.frame.select("text", "stance", "reason", "is_primary").rows()
    return sorted(rows, key=str)


def test_codes_in_one_cell(read):
    """The first is the primary; an empty cell says that no reason applies."""
    found = read([("1", "x", "help; fee ;"), ("2", "y", ""), ("3", "z", "fee")])

    assert told(found) == [
        ("x", "none", "fee", False),
        ("x", "none", "help", True),
        ("y", "none", None, None),
        ("z", "none", "fee", True),
    ]
    assert (found.text_count, found.left_out_count) == (3, 0)
    assert found.frame.schema == labelled.LABELS


def test_a_code_a_row(read):
    """Joined by id; of several rows none is known to come first."""
    rows = [("1", "x", "help"), ("2", "y", "fee"), ("1", "x", "fee"), ("3", "z", "")]

    found = read(rows, ("id", "text", "reason"))

    assert told(found) == [
        ("x", "none", "fee", None),
        ("x", "none", "help", None),
        ("y", "none", "fee", True),
        ("z", "none", None, None),
    ]


def test_cells_of_several_rows_are_joined_too(read):
    """None of them comes first then, in whatever order the rows are."""
    rows = [("1", "x", "help"), ("1", "x", "fee"), ("1", "x", "fee")]

    found = read(rows)

    assert told(found) == [("x", "none", "fee", None), ("x", "none", "help", None)]


def test_the_order_of_rows_changes_no_label(read):
    """Nor which of two ids of the same words counts."""
    rows = [(str(n), f"text {n % 4}", ["fee", "help", "", "help;fee"][n % 3]) for n in range(12)]
    shuffled = random.Random(3).sample(rows, len(rows))

    assert read(shuffled).frame.equals(read(rows).frame)


def test_the_same_words_under_two_stances_are_two_texts(read):
    rows = [("1", "x", "fee", "against"), ("2", "x", "", "for")]

    found = read(rows, ("id", "text", "reasons", "stance"))

    assert told(found) == [("x", "against", "fee", True), ("x", "for", None, None)]


def test_retired_reasons_are_carried_over(read):
    """Over to what they became; a text whose reason was split or given up is left out."""
    cells = {"a": "cost", "b": "cost;fee", "c": "service;fee", "d": "gone", "e": "gone;help"}

    found = read([(text, text, cell) for text, cell in cells.items()])

    assert told(found) == [
        ("a", "none", "fee", True),
        ("b", "none", "fee", True),
        ("e", "none", "help", True),
    ]
    assert (found.text_count, found.left_out_count) == (3, 2)


def test_a_column_of_another_name(read):
    rows = [("1", "x", "fee", "help")]

    assert told(read(rows, ("id", "text", "reasons", "mine"), "mine")) == [
        ("x", "none", "help", True)
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("1", "x", "fee"), ("2", "y", "fea;help")], "row 3 has the reason 'fea'"),
        (
            [("2", "y", "fea")],
            "'fea' (near it: 'fee'), which the codebook gives to no text; mend the row",
        ),
        (
            [("2", "y", "money")],
            "row 2 has the reason 'money' (near it: 'gone'), which the codebook",
        ),
        ([("1", "x", "fee"), ("1", "y", "fee")], "row 3 has the id '1' with another text"),
    ],
)
def test_rows_that_are_refused(read, rows, told):
    with pytest.raises(CodingError) as caught:
        read(rows)

    assert told in str(caught.value)


def test_a_missing_column_is_told(read):
    with pytest.raises(CodingError, match=r"has no column 'reasons' but .*--reasons-column"):
        read([("1", "x", "fee")], ("id", "text", "codes"))


def test_the_same_words_under_several_ids(read):
    """The first id counts; how many were repeated, and how many of them otherwise, is known."""
    found = read([("a", "x", "fee"), ("b", "x", "fee"), ("c", "x", ""), ("d", "y", "")])

    assert (found.text_count, found.repeated_count, found.contrary_count) == (2, 2, 1)
