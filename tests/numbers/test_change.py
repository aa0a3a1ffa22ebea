"""Changes: between two periods, among like customers, and many at once."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from winloss import numbers

SMALL_THEN, SMALL_NOW = (15, 150), (5, 50)
LARGE_THEN, LARGE_NOW = (30, 50), (90, 150)


@st.composite
def shares(draw, most=40):
    total = draw(st.integers(0, most))
    return draw(st.integers(0, total)), total


periods = st.dictionaries(st.sampled_from("abcde"), st.tuples(shares(), shares()), max_size=5)


def whole(strata, period):
    counts = [split[period] for split in strata.values()]
    return sum(count for count, _ in counts), sum(total for _, total in counts)


def test_new_mix_is_no_change():
    """One in ten small and six in ten large customers, as before; there are more large ones."""
    strata = {"small": (SMALL_NOW, SMALL_THEN), "large": (LARGE_NOW, LARGE_THEN)}

    said = numbers.call((95, 200), (45, 200), strata)

    assert numbers.call((95, 200), (45, 200)).startswith("More than chance allows")
    assert said == "The mix of customers changed, not the share."


def test_change_among_like_customers():
    """The same mix and a higher share everywhere is called, as without strata."""
    strata = {"small": ((60, 150), (15, 150)), "large": ((45, 50), (30, 50))}

    said = numbers.call((105, 200), (45, 200), strata)

    assert said == "More than chance allows: 105 of 200 now, 45 of 200 before."


def test_reversed_by_mix():
    """Fewer in each segment, more in all: not called as more (Simpson's paradox)."""
    strata = {"small": ((2, 100), (90, 900)), "large": ((400, 900), (60, 100))}

    assert numbers.call((402, 1000), (150, 1000)).startswith("More")
    assert numbers.call((402, 1000), (150, 1000), strata) == numbers.MIX


def test_mix_is_only_named_where_it_moved():
    """Strata too thin to carry the change do not make it one of the mix."""
    strata = {f"port {at}": ((1, 1), (0, 1)) for at in range(6)}

    assert numbers.call((6, 6), (0, 6)).startswith("More")
    assert numbers.call((6, 6), (0, 6), strata) == numbers.NO_CALL


def test_nothing_in_common():
    """Without a segment heard in both periods there is no telling."""
    strata = {"small": ((0, 0), (10, 100)), "large": ((18, 20), (0, 0))}

    assert numbers.call((18, 20), (10, 100), strata) == numbers.NO_CALL


@settings(deadline=None, max_examples=60)
@given(periods)
def test_strata_never_add_a_call(strata):
    """Inside the plain limits strata change nothing; outside, they can only hold a call back."""
    now, before = whole(strata, 0), whole(strata, 1)

    plain, split = numbers.call(now, before), numbers.call(now, before, strata)

    assert split == plain or (plain != numbers.NO_CALL and split in {numbers.MIX, numbers.NO_CALL})


def test_strata_of_something_else():
    """Strata that do not add up are a wrong query, not a finding."""
    with pytest.raises(ValueError, match="cannot be the parts of 95 of 200"):
        numbers.call((95, 200), (45, 200), {"small": (SMALL_NOW, SMALL_THEN)})


@settings(deadline=None, max_examples=60)
@given(periods)
def test_stratified_agrees_with_statsmodels(strata):
    """Statistic and p-value are those of the established implementation."""
    tables = pytest.importorskip(
        "statsmodels.stats.contingency_tables", reason="statsmodels is not installed"
    )
    now = {name: split[0] for name, split in strata.items()}
    before = {name: split[1] for name, split in strata.items()}
    ours = numbers.stratified(now, before)
    # Where the excess is under 1/2 theirs squares a negative remainder; ours stops at 0.
    assume(ours is not None and abs(ours.excess) >= 0.5)
    assert ours is not None
    stacked = [
        np.array([[k, n - k], [earlier, of - earlier]], dtype=float)
        for (k, n), (earlier, of) in strata.values()
        if n and of
    ]

    theirs = tables.StratifiedTable(stacked).test_null_odds(correction=True)

    assert ours.statistic == pytest.approx(theirs.statistic)
    assert ours.p_value == pytest.approx(theirs.pvalue)


def test_stratified_known():
    """Men and women admitted to Berkeley by department (Bickel, Hammel and O'Connell 1975).

    A large difference in all, hardly one among departments; the values are those of R's
    mantelhaen.test(UCBAdmissions).
    """
    men = {
        "A": (512, 825),
        "B": (353, 560),
        "C": (120, 325),
        "D": (138, 417),
        "E": (53, 191),
        "F": (22, 373),
    }
    women = {
        "A": (89, 108),
        "B": (17, 25),
        "C": (202, 593),
        "D": (131, 375),
        "E": (94, 393),
        "F": (24, 341),
    }

    tested = numbers.stratified(men, women)

    assert tested is not None
    assert tested.stratum_count == 6
    assert (tested.statistic, tested.p_value) == pytest.approx((1.4269, 0.2323), abs=0.0001)


def test_stratified_without_comparison():
    """Empty, unshared and all-alike strata compare nothing."""
    assert numbers.stratified({}, {}) is None
    assert numbers.stratified({"a": (1, 2)}, {"b": (1, 2)}) is None
    assert numbers.stratified({"a": (2, 2), "b": (0, 3)}, {"a": (5, 5), "b": (0, 1)}) is None


def test_exact_known():
    """Fisher's tea: 3 of 4 cups told right beside 1 of 4 wrong is no evidence."""
    assert numbers.exact((3, 4), (1, 4)) == pytest.approx(34 / 70)
    assert numbers.exact((4, 4), (0, 4)) == pytest.approx(2 / 70)
    assert numbers.exact((0, 0), (1, 4)) == 1


def test_discoveries_known():
    """The 15 p-values of Benjamini and Hochberg 1995, section 3.2: the first four stand."""
    p_values = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
    ]

    told = numbers.discoveries(p_values[::-1])

    assert told.found[::-1] == (True,) * 4 + (False,) * 11
    assert told.said == "Of 15 comparisons, 4 stand once all 15 are allowed for."
    assert all(a >= p for a, p in zip(told.adjusted, p_values[::-1], strict=True))


@pytest.mark.parametrize(
    ("p_values", "said"),
    [
        ([], "Nothing was compared."),
        ([0.01], "The one comparison stands."),
        ([0.2], "The one comparison does not stand."),
        ([0.04, 0.2], "Of 2 comparisons, none stand once all 2 are allowed for."),
        ([0.01, 0.2], "Of 2 comparisons, 1 stands once all 2 are allowed for."),
    ],
)
def test_discoveries_said(p_values, said):
    """How many were made is always said beside how many stand."""
    assert numbers.discoveries(p_values).said == said


def test_impossible_comparisons():
    """What cannot be stops, wherever it is handed in."""
    with pytest.raises(ValueError, match="cannot be"):
        numbers.exact((5, 4), (0, 4))
    with pytest.raises(ValueError, match="cannot be"):
        numbers.stratified({"a": (5, 4)}, {})
    with pytest.raises(ValueError, match="0 to 1"):
        numbers.discoveries([0.5, float("nan")])
