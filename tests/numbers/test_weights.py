"""Weights: back to everyone asked, and not where a few would speak for many."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winloss import numbers
from winloss.numbers import Cell


@st.composite
def cells(draw):
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, unique=True))
    heard = [draw(st.integers(5, 60)) for _ in names]
    return [
        Cell(name, draw(st.integers(n, 400)), n, draw(st.integers(0, n)))
        for name, n in zip(names, heard, strict=True)
    ]


def test_by_hand():
    """100 small with 2 of 10, 300 large with 15 of 30: (100 x 0.2 + 300 x 0.5) / 400."""
    told = numbers.weighted([Cell("small", 100, 10, 2), Cell("large", 300, 30, 15)])

    assert told.share == pytest.approx(0.425)
    assert told.effective == pytest.approx(40)
    assert told.reason == ""


def test_unequal_answering_costs():
    """400 squared over (300 squared / 10 + 100 squared / 30): of 40 answers 17 are left."""
    told = numbers.weighted([Cell("silent", 300, 10, 2), Cell("loud", 100, 30, 15)])

    assert told.effective == pytest.approx(160_000 / (9_000 + 10_000 / 30))
    assert told.share == pytest.approx((300 * 0.2 + 100 * 0.5) / 400)


@settings(deadline=None)
@given(cells())
def test_holds_the_share(given_cells):
    """The share lies among the cells' own, in its interval; the effective n within those heard."""
    told = numbers.weighted(given_cells)

    assert told.share is not None
    assert told.low is not None
    assert told.high is not None
    assert told.effective is not None
    own = [cell.count / cell.heard for cell in given_cells]
    assert min(own) - 1e-9 <= told.share <= max(own) + 1e-9
    assert 0 <= told.low <= told.share <= told.high <= 1
    assert 5 - 1e-9 <= told.effective <= sum(cell.heard for cell in given_cells) + 1e-9


@settings(deadline=None)
@given(st.integers(5, 80), st.data())
def test_equal_weights_are_no_weights(heard, data):
    """One cell is the plain share with its plain interval."""
    count = data.draw(st.integers(0, heard))

    told = numbers.weighted([Cell("all", 3 * heard, heard, count)])

    assert told.effective == pytest.approx(heard)
    assert (told.low, told.high) == pytest.approx(numbers.wilson(count, heard))


@pytest.mark.parametrize(
    ("given_cells", "reason"),
    [
        ([], "nobody to weigh"),
        ([Cell("a", 0, 0, 0)], "nobody to weigh"),
        ([Cell("a", 90, 40, 9), Cell("c", 9, 4, 1), Cell("b", 9, 0, 0)], "cells too small: b, c"),
    ],
)
def test_not_weighted(given_cells, reason):
    """No share, and why."""
    assert numbers.weighted(given_cells) == numbers.Weighted(None, None, None, None, reason)


def test_empty_cells_do_not_count():
    """A segment nobody is in needs nobody heard."""
    some = Cell("a", 20, 10, 5)

    assert numbers.weighted([some, Cell("b", 0, 0, 0)]) == numbers.weighted([some])


@pytest.mark.parametrize("cell", [Cell("a", 4, 5, 1), Cell("a", 9, 5, 6)])
def test_impossible_cells(cell):
    with pytest.raises(ValueError, match="cannot be"):
        numbers.weighted([cell])
