"""What is counted of how words were read: in which way, in which language, and how well."""

from datetime import date
from typing import Any

import pytest
from tests.reports.programme import Programme

from winloss import resources
from winloss.reporting import Edition
from winloss.settings import Settings


@pytest.fixture
def values(edition: Edition, settings: Settings) -> dict[str, Any]:
    """The parameters of week 40, the window being that week alone."""
    week = dict(resources.load("reports", "sections").parameters(edition, settings))
    return {**week, "from": date(2026, 9, 28)}


def words(programme: Programme, key: str) -> dict[str, Any]:
    """The answer in words of one who told us."""
    (row,) = (
        each
        for each in programme.rows["marts.verbatims"]
        if each["verbatim_key"] == f"verbatim-{key}"
    )
    return row


def uncoded(programme: Programme, key: str, **found: Any) -> None:
    """Nothing was found in the words of one who told us."""
    programme.rows["marts.codes"] = [
        row for row in programme.rows["marts.codes"] if row["verbatim_key"] != f"verbatim-{key}"
    ]
    words(programme, key).update(found)


def read(programme: Programme, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Way, language, how many, how many to look at."""
    return programme.reader().report("coverage_coding", **values).rows()


def test_by_rules(harbourline: Programme, values: dict[str, Any]) -> None:
    """Four told us in the week; whoever did so before the window is not counted."""
    words(harbourline, "b")["needs_review"] = True
    wide = {**values, "from": date(2026, 7, 6)}

    assert read(harbourline, values) == [("rules", "en", 3, 1), ("rules", "de", 1, 0)]
    assert sum(row[2] for row in read(harbourline, wide)) > 4


def test_ways_of_reading(harbourline: Programme, values: dict[str, Any]) -> None:
    """People outrank what was learned, and that outranks rules; the rest is left open."""
    for key in "ab":
        words(harbourline, key)["stance"] = "against"
    for row in harbourline.rows["marts.codes"]:
        if row["verbatim_key"] in ("verbatim-a", "verbatim-b"):
            row["coder"] = "model"
    label = {"text_hash": words(harbourline, "a")["text_hash"], "stance": "against"}
    harbourline.add("staging.standing_labels", **label)
    uncoded(harbourline, "c", needs_review=True)
    uncoded(harbourline, "d", needs_review=True)

    assert read(harbourline, values) == [
        ("language", "de", 1, 1),
        ("model", "en", 1, 0),
        ("people", "en", 1, 0),
        ("unsure", "en", 1, 1),
    ]


def test_nothing_found_is_not_unsure(harbourline: Programme, values: dict[str, Any]) -> None:
    """A text of a language nobody could tell is taken for English."""
    uncoded(harbourline, "d", needs_review=False, language=None)

    assert ("nothing", "en", 1, 0) in read(harbourline, values)


def test_of_one_team(harbourline: Programme, values: dict[str, Any]) -> None:
    for row in harbourline.rows["marts.decisions"]:
        row["team"] = "West" if row["decision_id"] == "a" else "East"

    assert read(harbourline, {**values, "team": "West"}) == [("rules", "en", 1, 0)]


def test_who_wins_is_not_asked_why_they_left(
    harbourline: Programme, values: dict[str, Any]
) -> None:
    for row in harbourline.rows["marts.decisions"]:
        row["is_defection"] = row["decision_id"] == "a"

    assert read(harbourline, values) == [("rules", "en", 1, 0)]


def agreed(programme: Programme, reason: str | None, version: str, pair: str = "machine") -> None:
    """Somebody has checked a reason."""
    programme.add(
        "staging.agreement",
        codebook_version=version,
        pair=pair,
        reason=reason,
        text_count=40,
        alpha=None if reason is None else 0.7,
    )


def test_reasons_of_the_edition_and_those_checked(
    harbourline: Programme, values: dict[str, Any]
) -> None:
    """With the codebook in force; a reason that was only ticked was not read by us."""
    harbourline.add("staging.codings", text_hash="t", stance="against", codebook_version="now")
    agreed(harbourline, "onboarding", "now")
    agreed(harbourline, "onboarding", "now", "people")
    agreed(harbourline, "timing", "now")
    agreed(harbourline, "price_level", "then")
    agreed(harbourline, None, "now")
    harbourline.decide("e", decided="2026-09-08")
    harbourline.answer("e", "Whatever.", None, ticked="timing")

    found = harbourline.reader().report("coverage_agreement", **values)

    assert found.select("reason", "is_named", "pair", "text_count").rows() == [
        (None, False, "machine", 40),
        ("onboarding", True, "machine", 40),
        ("onboarding", True, "people", 40),
        ("price_level", True, None, None),
        ("timing", False, "machine", 40),
    ]
    labels = dict(found.select("reason", "label").iter_rows())
    assert (labels[None], labels["price_level"]) == (None, "price")


def test_reasons_of_the_window_count_too(
    harbourline: Programme, edition: Edition, settings: Settings
) -> None:
    """Support was not named this week, but by exits whose survey closed in the window."""
    window = dict(resources.load("reports", "sections").parameters(edition, settings))

    found = harbourline.reader().report("coverage_agreement", **window)

    assert found["reason"].to_list() == ["onboarding", "price_level", "support"]
    assert found["pair"].to_list() == [None] * 3
