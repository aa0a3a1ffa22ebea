"""What can still be kept this week: accounts are named only where they allow it."""

from typing import Any

import polars as pl

from winloss.lenses.prevention import signs
from winloss.reporting import Sign

SIGNS: dict[str, Any] = {
    "sign": pl.String,
    "account_count": pl.Int64,
    "account_names": pl.List(pl.String),
    "account_ids": pl.List(pl.String),
    "response_ids": pl.List(pl.String),
}


def rows(*given: tuple[Any, ...]) -> pl.DataFrame:
    return pl.DataFrame(list(given), schema=SIGNS, orient="row")


def keep(
    *given: tuple[Any, ...], overdue: tuple[str, ...] = (), known: bool = True
) -> tuple[Sign, ...]:
    return signs.found(
        rows(*given),
        pl.DataFrame(
            {
                "account_count": [len(overdue)],
                "current_count": [20],
                "account_names": [list(overdue)],
                "account_ids": [[f"account-{name}" for name in overdue]],
            }
        ),
        check_in_days=90,
        has_check_ins=known,
    )


def test_nobody_named_nobody_hidden() -> None:
    """Accounts that do not let us name them are still counted."""
    found = keep(("would_move", 5, ["Kestrel Freight"], ["k"], ["a", "b", "c", "d", "e"]))

    assert found[0].said == "Five current customers say they would leave"
    assert found[0].names == "Kestrel Freight and four more"
    assert found[0].account_ids == ("k",)


def test_the_most_urgent_first() -> None:
    """A customer who asks for a call stands above every other sign."""
    given: tuple[tuple[Any, ...], ...] = (
        ("goals_unknown", 1, [], [], ["a"]),
        ("asked_for_a_call", 1, [], [], ["b"]),
    )

    assert [sign.said for sign in keep(*given)] == [
        "One customer asked for a call",
        "One current customer says nobody asked what they want to achieve",
    ]
    assert (signs.calls(rows(*given)), signs.calls(rows(given[0]))) == (1, 0)


def test_overdue_check_ins() -> None:
    """Our own diary may be named; a long list is counted."""
    found = keep(overdue=("A", "B", "C", "D", "E"))

    assert found[0].said == "Five of 20 current customers have had no check-in for 90 days"
    assert found[0].names == "A, B, C and two more"
    assert found[0].account_ids == ("account-A", "account-B", "account-C")


def test_no_check_ins_on_record() -> None:
    """A programme that keeps no diary is not told that everybody is overdue."""
    assert keep(overdue=("A",), known=False) == ()
