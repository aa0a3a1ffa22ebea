"""A team's own edition: the weekly for one team, over the whole window, floors obeyed."""

from dataclasses import replace
from typing import Any

import polars as pl

from winloss import numbers, resources, wording
from winloss.reporting import Edition, KnowWhy, Weekly
from winloss.settings import Settings
from winloss.warehouse import Reader

FEWEST_SELLERS = 3
"""A team of fewer is a person or two, whatever it is called."""


def make(reader: Reader, edition: Edition, settings: Settings) -> Weekly:
    """The team's edition, or a line that says why there is none of its own.

    A team is shown from five customers heard and three sellers up, and its know-why rates from
    five pairs up; another team is hidden with a hidden one where subtracting from the company
    would tell it.
    """
    room: Any = resources.load("reports", "sections")
    weekly: Any = resources.load("reports", "weekly")
    values = room.parameters(edition, settings)
    floors = reader.report("team_floors", **values)
    if edition.audience in _hidden(floors, "voice_count") | _hidden(floors, "closed_count"):
        return _too_few(edition, settings, weekly.make(reader, edition, settings))
    made: Weekly = weekly.make(reader, edition, settings)
    if edition.audience in _hidden(floors, "pair_count"):
        made = replace(made, know_why=_without_rates(made.know_why))
    return replace(made, masthead=_masthead(edition, settings))


def _hidden(floors: pl.DataFrame, column: str) -> frozenset[str]:
    """The teams that may not be told apart by this count, unheard teams among them."""
    counts = {
        row["team"]: min(row[column], numbers.FLOOR - 1)
        if row["seller_count"] < FEWEST_SELLERS
        else row[column]
        for row in floors.to_dicts()
    }
    return numbers.suppressed(counts)


def _without_rates(section: KnowWhy | None) -> KnowWhy | None:
    return section and replace(section, rates=(), line="", others=(), panels=())


def _too_few(edition: Edition, settings: Settings, made: Weekly) -> Weekly:
    said = (
        f"Too few customers have answered to speak of {edition.audience} alone. "
        "The company's edition has what there is."
    )
    return replace(
        made,
        masthead=_masthead(edition, settings),
        mood="quiet",
        subject=f"Too few answers to speak of {edition.audience} alone",
        preheader=said,
        opening=said,
        aside="",
        findings=(),
        voice=None,
        missing=(),
        know_why=None,
        prevention=None,
        actions=None,
        idea=None,
        coverage=None,
        headlines=(),
    )


def _masthead(edition: Edition, settings: Settings) -> str:
    weeks = settings.report.window_weeks
    when = wording.period(edition.week)
    return f"{settings.company} · {edition.audience} · the {weeks} weeks up to {when}"
