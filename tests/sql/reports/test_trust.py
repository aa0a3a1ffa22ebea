"""What sql/reports counts of trust: tests, pairs, ratings."""

import polars as pl
from tests.sql.reports.marts import Marts


def test_needless_questions_add_up(marts: Marts) -> None:
    """A question one colleague names was asked, whatever the other says."""
    for voter, named in (("a", True), ("a", False), ("b", False)):
        marts.heard(
            "trust", voter, "lost_deal", shown=["needless_question"], has_needless_question=named
        )

    found = marts.votes("trust", "value", period="window", question_ref="needless_question")

    assert found == {"yes": 1, "open": 1}


def test_tests_by_outcome(marts: Marts) -> None:
    """Of colleagues who differ on a test the one counts whom we failed; groups stay apart."""
    for voter, kind, passed in (
        ("a", "lost_deal", "no"),
        ("a", "lost_deal", "yes"),
        ("b", "cancellation", "no"),
        ("c", "won_deal", "never"),
        ("d", "pulse", None),
    ):
        marts.heard("trust", voter, kind, shown=["tested_passed"], tested_passed=passed)

    found = marts.votes("trust", "among", "value", period="window", question_ref="tested_passed")

    assert found == {
        ("lost", "no"): 1,
        ("cancelled", "no"): 1,
        ("won", "never"): 1,
        ("current", "open"): 1,
    }


def test_pairs_are_within_a_respondent(marts: Marts) -> None:
    """One side alone is no pair, also of colleagues; of two pairs the worse for us counts."""
    shown = ["trust_politics", "trust_politics_chosen"]
    for voter, ours, theirs in (
        ("a", 2.0, 5.0),
        ("b", 2.0, 4.0),
        ("b", 4.0, 4.0),
        ("c", 1.0, None),
        ("c", None, 5.0),
    ):
        marts.heard(
            "trust", voter, "lost_deal", shown=shown, trust_politics=ours,
            trust_politics_chosen=theirs,
        )  # fmt: skip

    found = marts.report("trust_pairs").filter(pl.col("period") == "window").to_dicts()[0]

    assert found["gaps"] == [-3.0, -2.0]
    assert (found["voter_count"], found["shown_count"]) == (2, 3)
    assert (found["ours_mean"], found["theirs_mean"]) == (2.0, 4.5)
    assert found["response_ids"] == ["r0", "r1", "r2"]


def test_ratings_of_us_by_side(marts: Marts) -> None:
    """Who stayed and who did not are means apart; a blank is shown and not rated."""
    for voter, kind, rating in (
        ("a", "lost_deal", 2.0),
        ("b", "cancellation", 4.0),
        ("c", "won_deal", 5.0),
        ("d", "pulse", None),
    ):
        marts.heard("trust", voter, kind, shown=["ability"], ability=rating)

    rows = marts.report("trust_ratings").filter(pl.col("period") == "window").to_dicts()

    assert {row["side"]: (row["mean"], row["voter_count"], row["shown_count"]) for row in rows} == {
        "left": (3.0, 2, 2),
        "stayed": (5.0, 1, 2),
    }
    assert [(row["high_ids"], row["low_ids"]) for row in rows] == [(["r1"], ["r0"]), (["r2"], [])]


def test_the_lower_rating_of_colleagues(marts: Marts) -> None:
    for rating in (5.0, 2.0):
        marts.heard("trust", "a", "lost_deal", shown=["ability"], ability=rating)

    (row,) = marts.report("trust_ratings").filter(period="window").to_dicts()

    assert (row["mean"], row["voter_count"]) == (2.0, 1)
