"""Two judges of the same cases, against figures worked by hand and published ones."""

import pytest

from winloss import numbers


def test_kappa_of_a_textbook() -> None:
    """Of 50, both say yes to 20 and no to 15; chance gives 25, so kappa is 0.4."""
    found = numbers.agreement(
        {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    )

    assert found is not None
    assert (found.count, found.total) == (35, 50)
    assert found.expected == pytest.approx(25)
    assert found.kappa == pytest.approx(0.4)


def test_worse_than_chance_is_below_nothing() -> None:
    """Who always names the other's opposite agrees less than at random."""
    found = numbers.agreement({("a", "b"): 5, ("b", "a"): 5})

    assert found is not None
    assert found.kappa == pytest.approx(-1)


@pytest.mark.parametrize("pairs", [{}, {("a", "a"): 9}, {("a", "b"): 0}])
def test_nothing_beyond_chance_to_tell(pairs: dict[tuple[str, str], int]) -> None:
    """No pair, or one name throughout: chance explains all there is."""
    assert numbers.agreement(pairs) is None


@pytest.mark.parametrize(
    ("first", "second", "p_value"), [(0, 0, 1.0), (5, 5, 1.0), (6, 0, 1 / 32), (1, 8, 20 / 512)]
)
def test_discordant_cases(first: int, second: int, p_value: float) -> None:
    """The two tails of a fair coin, worked by hand: 2 in 64 for six of six."""
    assert numbers.discordant(first, second) == pytest.approx(p_value)
    assert numbers.discordant(second, first) == pytest.approx(p_value)


def test_impossible_counts() -> None:
    """A negative count is a wrong query."""
    with pytest.raises(ValueError, match="Negative"):
        numbers.discordant(-1, 2)
    with pytest.raises(ValueError, match="Negative"):
        numbers.agreement({("a", "b"): -1})
