"""Floors: which groups of a split are hidden, and which with them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from winloss import numbers

splits = st.lists(st.integers(0, 9), min_size=1, max_size=4).map(
    lambda counts: dict(zip("abcd", counts, strict=False))
)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({}, ""),
        ({"a": 5, "b": 9}, ""),
        ({"a": 5, "b": 0}, ""),
        ({"a": 4, "b": 3, "c": 20}, "ab"),
        ({"a": 4, "b": 9, "c": 7, "d": 0}, "ac"),
        ({"a": 4, "c": 7, "b": 7}, "ab"),
        ({"a": 2, "b": 2, "c": 30, "d": 40}, "abc"),
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 8, "g": 9}, "abcdef"),
        ({"a": 4, "b": 4, "c": 4, "d": 50, "e": 6}, "abce"),
        ({"a": 3, "b": 0}, "ab"),
        ({"a": 3}, "a"),
    ],
)
def test_known(counts, hidden):
    """One small group takes the next smallest with it, ties by name; empty ones are shown."""
    assert numbers.suppressed(counts) == frozenset(hidden)


def test_floor_is_a_choice():
    """Another floor hides other groups; a floor of 1 hides none."""
    counts = {"a": 1, "b": 2, "c": 6, "d": 9}

    assert numbers.suppressed(counts, floor=8) == {"a", "b", "c"}
    assert numbers.suppressed(counts, floor=2) == {"a", "b"}
    assert numbers.suppressed(counts, floor=1) == frozenset()


@settings(deadline=None, max_examples=150)
@given(splits, st.integers(2, 5))
@example({"a": 1, "b": 1, "c": 0}, 5)
@example({"a": 4, "b": 4, "c": 4, "d": 6}, 5)
@example({"a": 2, "b": 2, "c": 0, "d": 9}, 3)
def test_nobody_reads_a_hidden_count(counts, floor):
    """Who knows the total, the visible groups and this very rule still cannot tell any hidden.

    How equal groups are told apart is not taken as known. Where the whole split is hidden the
    total says what it says, and more cannot be done.
    """
    hidden = sorted(numbers.suppressed(counts, floor))
    small = {group for group, count in counts.items() if 0 < count < floor}

    possible = [
        others
        for others in ways(sum(counts[group] for group in hidden), len(hidden))
        if would_hide(counts | dict(zip(hidden, others, strict=True)), hidden, floor)
    ]

    assert small <= set(hidden)
    assert tuple(counts[group] for group in hidden) in possible
    if len(hidden) < len(counts):
        assert all(len(set(values)) > 1 for values in zip(*possible, strict=True))


@settings(deadline=None)
@given(splits, st.integers(1, 6))
def test_hides_little(counts, floor):
    """Nothing where nobody is small; at most one full group beside the small ones."""
    hidden = numbers.suppressed(counts, floor)
    small = {group for group, count in counts.items() if 0 < count < floor}

    assert bool(hidden) == bool(small)
    assert sum(counts[group] >= floor for group in hidden) <= 1


def would_hide(counts, groups, floor):
    """True when these groups, or others of the same counts, are hidden."""
    hidden = numbers.suppressed(counts, floor)
    return sorted(counts[group] for group in hidden) == sorted(counts[group] for group in groups)


def ways(total, parts):
    """Every way to spread a total over so many groups."""
    if parts == 0:
        return [()]
    if parts == 1:
        return [(total,)]
    return [(first, *rest) for first in range(total + 1) for rest in ways(total - first, parts - 1)]


@pytest.mark.parametrize(("counts", "floor"), [({"a": -1}, 5), ({"a": 1}, 0)])
def test_impossible(counts, floor):
    with pytest.raises(ValueError, match="cannot be"):
        numbers.suppressed(counts, floor)
    with pytest.raises(ValueError, match="cannot be"):
        numbers.suppressed_table({(name, "x"): count for name, count in counts.items()}, floor)
