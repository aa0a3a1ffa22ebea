"""What people said of texts, as a learner takes it."""

import polars as pl
import pytest
from tests.coding.layers.invented import LABEL_COLUMNS

from winloss.coding.learning.examples import MOST, examples


def made(*rows):
    """Labels of (text_hash, reason, is_primary) under one stance."""
    cells = [(key, f"text {key}", "against", reason, first, None) for key, reason, first in rows]
    return examples(pl.DataFrame(cells, schema=LABEL_COLUMNS, orient="row"), ("price", "support"))


def test_sorted_with_a_row_per_text():
    found = made(("b", "price", True), ("a", None, None), ("b", "support", False))

    assert [row.text_hash for row in found.rows] == ["a", "b"]
    assert found.applies.tolist() == [[False, False], [True, True]]
    assert found.comes_first.tolist() == [[0, 0], [1, 0]]
    assert found.text_count == 2


def test_where_nobody_said_which_comes_first_it_is_shared():
    found = made(("a", "price", None), ("a", "support", None), ("b", "support", None))

    assert found.comes_first.tolist() == [[0.5, 0.5], [0, 1]]


@pytest.mark.parametrize(
    ("rows", "known"),
    [
        ([("a", "gone", True)], []),
        ([("a", "gone", True), ("a", "price", False)], [("price",)]),
        ([("a", None, None)], [()]),
    ],
)
def test_a_text_of_which_nothing_is_known_is_left_out(rows, known):
    assert [row.reasons for row in made(*rows).rows] == known


def test_two_stances_are_one_text():
    """The number of labelled texts counts texts, however often each was asked about."""
    rows = [
        (key, "text", stance, "price", True, None) for key in "ab" for stance in ("for", "none")
    ]
    frame = pl.DataFrame(rows, schema=LABEL_COLUMNS, orient="row")

    found = examples(frame, ("price",))

    assert len(found.rows) == 4
    assert found.text_count == 2


def test_of_very_many_the_same_are_kept_whatever_their_order():
    rows = [(f"text {place}", "price", True) for place in range(MOST + 200)]

    kept = {row.text_hash for row in made(*rows).rows}
    reversed_ = {row.text_hash for row in made(*reversed(rows)).rows}
    with_another = {row.text_hash for row in made(*rows, ("another", "price", True)).rows}

    assert len(kept) == MOST
    assert kept == reversed_
    assert len(kept & with_another) >= MOST - 1


@pytest.mark.parametrize(
    ("rows", "is_single_choice"),
    [
        ([("a", "price", True), ("b", "support", True)], True),
        ([("a", "price", True), ("a", "support", False), ("b", "support", True)], False),
        ([("a", "price", True), ("b", None, None)], False),
    ],
)
def test_whether_each_text_gives_exactly_one_reason(rows, is_single_choice):
    assert made(*rows).is_single_choice is is_single_choice
