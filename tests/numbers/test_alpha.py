"""Krippendorff's alpha of present and absent, against published figures and what must hold."""

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winloss import numbers

COUNTS = st.integers(min_value=0, max_value=400)


@pytest.mark.parametrize(
    ("both", "one", "neither", "published"),
    [
        # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part A: two
        # observers, ten articles, 0 1 0 0 0 0 0 0 1 0 against 1 1 1 0 0 1 0 0 0 0.
        (1, 4, 5, 0.095),
        # Cohen's textbook table of 50 with 20 and 15 the same, by hand: 60 named, 40 not, of
        # 100 judgements, 15 texts apart: 1 - 99 * 15 / (55 * 45).
        (20, 15, 15, 0.4),
        # Nothing but opposites in six texts: 1 - 11 * 6 / 36.
        (0, 6, 0, -0.833),
    ],
)
def test_published_figures(both: int, one: int, neither: int, published: float) -> None:
    assert numbers.alpha(both, one, neither).value == pytest.approx(published, abs=1e-9)


@given(COUNTS, COUNTS, COUNTS)
def test_as_the_coincidence_matrix_has_it(both: int, one: int, neither: int) -> None:
    """The published formula for two judges and two values, from the coincidences alone."""
    found = numbers.alpha(both, one, neither)

    named, unnamed = 2 * both + one, 2 * neither + one
    if found.value is None:
        assert found.low is None
        assert found.high is None
        assert min(both, neither) + one < numbers.COUNT_ONLY_BELOW or 0 in (named, unnamed)
    else:
        by_hand = 1 - (named + unnamed - 1) * one / (named * unnamed)
        assert found.value == pytest.approx(by_hand, abs=5e-4)
        assert found.low is not None
        assert found.high is not None
        assert -1 <= found.low <= found.value <= found.high <= 1


@given(COUNTS, COUNTS, COUNTS)
def test_named_and_not_named_are_alike(both: int, one: int, neither: int) -> None:
    """Who leaves a reason out agrees as who names it."""
    mirrored = numbers.alpha(neither, one, both)

    assert numbers.alpha(both, one, neither).value == mirrored.value


@pytest.mark.parametrize(
    ("both", "one", "neither"),
    [(0, 0, 0), (0, 0, 90), (90, 0, 0), (4, 0, 90), (90, 2, 2), (2, 2, 0)],
)
def test_what_cannot_be_said(both: int, one: int, neither: int) -> None:
    """No text, no variation, or a handful of texts on which all would hang."""
    found = numbers.alpha(both, one, neither)

    assert (found.value, found.low, found.high, found.is_tentative) == (None, None, None, None)
    assert found.text_count == both + one + neither


def test_the_same_again() -> None:
    """Drawn from a fixed seed: no run differs from another."""
    numbers.alpha(31, 9, 60)

    assert numbers.alpha(12, 6, 44) == numbers.alpha(12, 6, 44)


def test_agreeing_always_is_no_certainty() -> None:
    """Of thirty texts without a disagreement nobody learns that there is none."""
    few, many = numbers.alpha(6, 0, 24), numbers.alpha(60, 0, 240)

    assert (few.value, few.high) == (1.0, 1.0)
    assert few.low is not None
    assert many.low is not None
    assert 0.5 < few.low < many.low < 1


@pytest.mark.parametrize(("prevalence", "truth"), list(product((0.1, 0.3), (0.4, 0.9))))
@pytest.mark.parametrize("texts", [60, 200])
def test_the_interval_holds_the_truth(prevalence: float, truth: float, texts: int) -> None:
    """In simulated codings of known alpha, nine in ten at least where 95 % are meant.

    The plain bootstrap holds it in as few as 75 % of the samples with a true .9.
    """
    chance = np.random.default_rng(texts)
    one = 2 * prevalence * (1 - prevalence) * (1 - truth)
    kinds = (prevalence - one / 2, one, 1 - prevalence - one / 2)
    samples = [numbers.alpha(*map(int, each)) for each in chance.multinomial(texts, kinds, 200)]
    said = [(each.low, each.high) for each in samples if each.low is not None and each.high]

    held = [low <= truth <= high for low, high in said]

    assert len(held) > 100
    assert np.mean(held) > 0.9


@pytest.mark.parametrize(
    ("both", "one", "neither", "is_tentative"),
    [
        (30, 3, 30, False),
        (10, 10, 40, True),  # .40
        (14, 0, 15, True),  # 29 texts say too little, however well they agree
        (15, 0, 15, False),
    ],
)
def test_what_is_tentative(both: int, one: int, neither: int, *, is_tentative: bool) -> None:
    """Too little agreement, or too few texts to rely on it."""
    assert numbers.alpha(both, one, neither).is_tentative is is_tentative


def test_judged_counts() -> None:
    """Each reason gets its figures in its own row; all together have none."""
    counts = pl.DataFrame(
        {
            "codebook_version": ["v"] * 3,
            "pair": ["people", "machine", "people"],
            "reason": ["price", "onboarding", None],
            "text_count": [50, 40, 50],
            "both_count": [20, 1, 20],
            "one_count": [15, 0, 15],
            "neither_count": [15, 39, 15],
        }
    )

    found = numbers.judged(counts)

    assert found.select(counts.columns).equals(counts)
    assert found["alpha"].to_list() == [0.4, None, None]
    assert found["is_tentative"].to_list() == [True, None, None]
    assert found.schema["alpha_low"] == found.schema["alpha_high"] == pl.Float64
    assert numbers.judged(counts.clear()).schema == found.schema


def test_impossible_counts() -> None:
    """A negative count is a wrong query."""
    with pytest.raises(ValueError, match="Negative"):
        numbers.alpha(3, -1, 9)
