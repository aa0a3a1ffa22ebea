"""The shares that analysts compute say what is likely as the reports do."""

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from winloss.numbers import intervals

proportion = pytest.importorskip("statsmodels.stats.proportion")

INTERVAL = "select marts.wilson_low($count, $total), marts.wilson_high($count, $total)"
SAID = (
    "select marts.share($count, $total), marts.share_low($count, $total),"
    " marts.share_high($count, $total)"
)


@st.composite
def counted(draw: st.DrawFn) -> tuple[int, int]:
    """A count of a total, among them the ends and large ones."""
    total = draw(st.integers(1, 200) | st.integers(201, 2_000_000))
    return draw(st.sampled_from([0, total]) | st.integers(0, total)), total


@given(counted())
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_wilson_as_two_libraries_have_it(
    connection: duckdb.DuckDBPyConnection, pair: tuple[int, int]
) -> None:
    """The interval in SQL is scipy's and statsmodels', and holds the share."""
    count, total = pair

    (found,) = connection.execute(INTERVAL, {"count": count, "total": total}).fetchall()

    exact = binomtest(count, total).proportion_ci(0.95, method="wilson")
    assert found == pytest.approx((exact.low, exact.high), abs=1e-12)
    assert found == pytest.approx(
        proportion.proportion_confint(count, total, alpha=0.05, method="wilson"), abs=1e-12
    )
    assert 0 <= found[0] <= count / total <= found[1] <= 1


def test_nothing_is_said_of_nobody(connection: duckdb.DuckDBPyConnection) -> None:
    (found,) = connection.execute(INTERVAL, {"count": 0, "total": 0}).fetchall()

    assert found == (None, None)


@pytest.mark.parametrize("total", [*range(20), 100])
def test_as_much_is_said_as_in_a_report(connection: duckdb.DuckDBPyConnection, total: int) -> None:
    """A share from as many on as a report prints one, and an interval likewise."""
    count = total // 3

    (found,) = connection.execute(SAID, {"count": count, "total": total}).fetchall()

    has_interval = total >= intervals.COUNT_ONLY_BELOW
    low, high = (intervals.wilson(count, total) or (0.0, 0.0)) if has_interval else (None, None)
    share = count / total if total >= intervals.PERCENT_FROM else None
    for told, exact in zip(found, (share, low, high), strict=True):
        assert (told is None) is (exact is None)
        assert exact is None or told == pytest.approx(exact, abs=0.005 + 1e-12)
