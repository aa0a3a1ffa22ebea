"""The sample's sellers: what they say in their own form, and when."""

from collections import Counter
from datetime import datetime
from typing import Any

from winloss import sample
from winloss.sample import words

Item = dict[str, Any]


def forms(full: Any) -> list[Item]:
    """Every form a seller sent in."""
    return [item for kind, item in full.items() if kind == "seller"]


def test_a_third_of_the_logged_is_told_in_the_form(full: Any) -> None:
    """One form a defection, for about a third of those with a reason in the CRM, all signed."""
    logged = {key for key, row in full.defections().items() if row["Loss Reason"]}

    about = Counter(item["hidden"]["decision_id"] for item in forms(full))

    assert set(about.values()) == {1}
    assert set(about) <= logged
    assert 0.27 <= len(about) / len(logged) <= 0.4
    assert {full.signature(item) for item in forms(full)} == {"valid"}


def test_sent_in_before_anybody_answered(full: Any) -> None:
    """A seller commits on the day the reason is logged, and before that customer's first word."""
    answered: dict[str, str] = {}
    for item in full.heard():
        key, at = item["hidden"]["decision_id"], item["submitted_at"]
        answered[key] = min(answered.get(key, at), at)

    heard = [item for item in forms(full) if item["hidden"]["decision_id"] in answered]

    assert len(heard) >= 20
    for item in forms(full):
        assert datetime.fromisoformat(item["landed_at"]) < datetime.fromisoformat(
            item["submitted_at"]
        )
        assert datetime.fromisoformat(item["submitted_at"]) < sample.NOW
    for item in heard:
        assert item["submitted_at"] < answered[item["hidden"]["decision_id"]]


def test_the_form_mostly_says_what_the_crm_says(full: Any) -> None:
    """Whoever names a reason names that of the CRM; some do not know any more."""
    meaning = {row["seller_value"]: row["reason"] for row in full.seed("seller_reasons.csv")}
    defections = full.defections()

    ticked = Counter(
        full.said(item, "reason_ours")
        == meaning.get(defections[item["hidden"]["decision_id"]]["Loss Reason"].lower(), "")
        for item in forms(full)
        if full.said(item, "reason_ours") != "unknown"
    )
    unknown = sum(full.said(item, "reason_ours") == "unknown" for item in forms(full))

    assert ticked[False] == 0
    assert 0.05 <= unknown / len(forms(full)) <= 0.35


def test_most_goals_would_fit_anybody(full: Any) -> None:
    """A few sellers heard what their customer wanted; the others write what they sell."""
    entries = words.data("words/seller_forms.yaml")["goal_ours"]
    listening = {entry["text"] for entry in entries if isinstance(entry, dict)}
    goals = [goal for item in forms(full) if (goal := full.said(item, "goal_ours"))]

    heard = [goal for goal in goals if goal in listening]

    assert 2 <= len(heard) <= len(goals) / 4


def test_no_seller_is_named_in_a_form(full: Any) -> None:
    """The respondent is an opaque key: one a seller, never the CRM's id."""
    keys = {item["hidden"]["respondent"] for item in forms(full)}

    assert len(keys) == 12
    assert not any(key.startswith("USR") for key in keys)
    assert all("account_id" not in item["hidden"] for item in forms(full))
