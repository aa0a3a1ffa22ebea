"""The sample's own people: a few dozen answers that lead to nobody."""

from collections import Counter
from typing import Any

from winloss import sample


def test_staff_answer_without_a_name(full: Any) -> None:
    """A staff answer carries its team and a signature, and nothing that leads to a person."""
    staff = [item for kind, item in full.items() if kind == "staff"]

    assert {tuple(sorted(item["hidden"])) for item in staff} == {("form_kind", "sig", "team")}
    assert {full.signature(item) for item in staff} == {"valid"}
    assert len({item["response_id"] for item in staff}) == len(staff)


def test_one_team_is_too_small_to_show(full: Any) -> None:
    """Three teams over a year, one of them under the floor; all before the run."""
    staff = [item for kind, item in full.items() if kind == "staff"]

    teams = Counter(item["hidden"]["team"] for item in staff)

    assert teams.keys() == {row["Team"] for row in full.rows("users.csv")}
    assert sorted(teams.values()) == [4, 10, 12]
    assert all(item["submitted_at"] < sample.NOW.isoformat() for item in staff)


def test_staff_words_go_with_their_ratings(full: Any) -> None:
    """Who writes of a wall of silly tickets has not said that we stand up for customers."""
    staff = [item for kind, item in full.items() if kind == "staff"]
    said = [(full.said(item, "talk_words"), full.said(item, "talk_customers")) for item in staff]
    mocking = {rating for words, rating in said if words and "worst customer" in words}

    assert sum(words is not None for words, _ in said) >= 8
    assert mocking <= {1, 2}
    assert {full.said(item, "may_quote") for item in staff} <= {"unnamed", "counted", None}


def test_a_first_week_has_no_staff(small: Any) -> None:
    """The small sample asks customers only."""
    assert [item for kind, item in small.items() if kind == "staff"] == []
