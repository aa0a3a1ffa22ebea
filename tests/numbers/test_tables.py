"""Floors in two directions: no hidden cell follows from the shown ones and the totals."""

from itertools import product

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from winloss import numbers

FLOOR = 5


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    counts = st.one_of(st.integers(0, 6), st.integers(0, 30))
    return {cell: draw(counts) for cell in product("abcd"[:rows], "wxyz"[:columns])}


def ranges(table, hidden):
    """What each hidden cell may be, for a reader with the shown cells and all totals."""
    cells = sorted(hidden)
    lines = [(side, name) for side in (0, 1) for name in sorted({cell[side] for cell in cells})]
    equations = np.array([[float(cell[side] == name) for cell in cells] for side, name in lines])
    totals = equations @ np.array([table[cell] for cell in cells])

    def end(at, sign):
        aim = np.zeros(len(cells))
        aim[at] = sign
        return linprog(aim, A_eq=equations, b_eq=totals).fun * sign

    return {cell: (end(at, 1), end(at, -1)) for at, cell in enumerate(cells)}


def is_open(interval):
    return interval[1] - interval[0] > 0.5


@settings(deadline=None, max_examples=100)
@given(tables())
@example({("a", "w"): 3, ("a", "x"): 7, ("b", "w"): 7, ("b", "x"): 0})
@example({("a", "w"): 3, ("a", "x"): 0, ("b", "w"): 0, ("b", "x"): 9})
@example({("a", "w"): 3, ("a", "x"): 9, ("b", "w"): 0, ("b", "x"): 0})
@example({("a", "w"): 3, ("a", "x"): 4, ("b", "w"): 4, ("b", "x"): 0})
@example(dict(zip(product("abc", "wxy"), [3, 5, 0, 0, 0, 0, 0, 0, 50], strict=True)))
@example(dict(zip(product("abc", "wxy"), [3, 0, 9, 4, 0, 0, 8, 0, 0], strict=True)))
def test_no_hidden_cell_follows(table):
    """Each hidden cell may be more than one thing, unless the totals alone already tell it."""
    hidden = numbers.suppressed_table(table)
    small = {cell for cell, count in table.items() if 0 < count < FLOOR}

    assert small <= hidden
    assert bool(hidden) == bool(small)
    if hidden:
        from_totals = ranges(table, table)
        left = ranges(table, hidden)
        assert all(is_open(left[cell]) for cell in hidden if is_open(from_totals[cell]))


@settings(deadline=None, max_examples=100)
@given(tables())
def test_no_line_hides_a_handful(table):
    """In a row or column the hidden ones are no handful, or nobody there is shown."""
    hidden = numbers.suppressed_table(table)

    for side, name in {(side, cell[side]) for cell in hidden for side in (0, 1)}:
        line = [cell for cell in table if cell[side] == name]
        together = sum(table[cell] for cell in line if cell in hidden)
        shown = sum(table[cell] for cell in line if cell not in hidden)
        assert together == 0 or together >= FLOOR or shown == 0


def test_company_is_the_fewest_people():
    """One small cell takes the three of the smallest loop with it."""
    counts = [3, 40, 8, 50, 60, 70, 9, 80, 10]
    table = dict(zip(product("abc", "wxy"), counts, strict=True))

    hidden = numbers.suppressed_table(table)

    assert hidden == {("a", "w"), ("a", "y"), ("c", "w"), ("c", "y")}


def test_small_cells_may_keep_each_other_company():
    """Four small cells on two rows and two columns need nobody else."""
    table = dict.fromkeys(product("ab", "wx"), 4) | dict.fromkeys(product("ab", "yz"), 30)

    assert numbers.suppressed_table(table) == set(product("ab", "wx"))


def test_missing_pairs_are_empty():
    """A sparse table is a table with empty cells."""
    table = {("a", "w"): 3, ("b", "x"): 9, ("a", "x"): 6}

    assert numbers.suppressed_table(table) == numbers.suppressed_table(table | {("b", "w"): 0})


def test_order_does_not_matter():
    table = {cell: (7 * at) % 11 for at, cell in enumerate(product("abcd", "wxyz"))}
    turned = dict(reversed(table.items()))

    assert numbers.suppressed_table(table) == numbers.suppressed_table(turned)
    assert numbers.suppressed_table(table)
