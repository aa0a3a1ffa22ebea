"""The live list: which current customers give signs of leaving, and which signs."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from winloss import nearness, wording
from winloss.reporting import Cell, Panel, Row

SPEAKS_DAYS = 180
"""How long a pulse's words speak for its customer."""

_MOST = 20
_SIGNS = {
    "goals_unknown": "goals not known",
    "goals_blank": "goals left blank",
    "challenges_unknown": "challenges not known",
    "challenges_unworked": "challenges not worked on",
    "never_checked_in": "says nobody ever checks in",
    "expectation_missed": "results below expectation",
    "no_check_in": "no check-in for {days} days",
}
_NOTE = (
    "By the latest pulse of the last half year and our diary of check-ins, both since their last "
    "cancellation, if any. Words count as near "
    "from a likeness of {least} (0 nothing in common, 1 the same) and {fewest} shared words on, "
    "to what a customer wrote in the half year before cancelling; only words that may be quoted "
    "are compared."
)


@dataclass(frozen=True)
class Watched:
    """The list, and the accounts it names."""

    panel: Panel
    account_ids: tuple[str, ...]


def listed(steps: pl.DataFrame, words: pl.DataFrame, check_in_days: int) -> Watched | None:
    """One row per customer that may be named, the most signs first; the others are counted.

    `steps` and `words` are the frames of the queries of those names; step 0 is today.
    """
    today = steps.filter(pl.col("step") == 0)
    if today.is_empty():
        return None
    alike = near(today, words)
    named = _named(today, alike, check_in_days)
    warned = {*today.filter("is_warned")["account_id"], *alike["account_id"]}
    ranked = sorted(named, key=lambda each: (-len(named[each][1]), named[each][0]))
    shown = tuple(ranked[:_MOST])
    panel = Panel(
        "watch",
        "Who may leave next",
        tuple(
            Row(name, (Cell(wording.sentence("; ".join(signs))),))
            for name, signs in (named[each] for each in shown)
        ),
        note=" ".join(filter(None, (*_counted(warned, today, ranked), _noted()))),
    )
    return Watched(panel, shown)


def near(customers: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Which customers of one day wrote what those who had left by then wrote before leaving.

    `customers` is one row per customer of one day (`account_id`, `step_on`); `words` one row
    per pulse (`account_id`, `account_name`, `said_on`, `text`, `left_on`). Nothing said, and
    nobody left, after that day is looked at, nor what an account wrote before a cancellation of
    its own. One row per customer found: `account_id`,
    `similarity`, `word_count`, and `account_name`, null where it may not be shown.
    """
    on: date = customers["step_on"][0]
    spoken = (
        words.filter(
            (pl.col("said_on") <= on)
            & (pl.col("said_on") > on - timedelta(days=SPEAKS_DAYS))
            & pl.col("account_id").is_in(customers["account_id"].to_list())
        )
        .sort("said_on", "response_key")
        .group_by("account_id", maintain_order=True)
        .last()
        # What led to a cancellation of their own is over with it.
        .filter(pl.col("left_on").is_null() | (pl.col("left_on") > on))
    )
    found = nearness.nearest(spoken, left_by(words, on))
    return found.join(spoken.select("account_id", "account_name"), on="account_id").sort(
        "account_id"
    )


def left_by(words: pl.DataFrame, on: date) -> pl.DataFrame:
    """The words of those who had left by a day, written before they left."""
    return words.filter(pl.col("left_on") <= on)


def _named(
    today: pl.DataFrame, alike: pl.DataFrame, check_in_days: int
) -> dict[str, tuple[str, list[str]]]:
    """Account -> its name and its signs in words, each only where it may be shown."""
    named: dict[str, tuple[str, list[str]]] = {}
    for row in today.filter(pl.col("account_name").is_not_null()).to_dicts():
        signs = [said for sign, said in _SIGNS.items() if sign in row["signs"]]
        texts = [said.format(days=check_in_days) for said in signs]
        named[row["account_id"]] = (row["account_name"], texts)
    for row in alike.filter(pl.col("account_name").is_not_null()).to_dicts():
        _, signs = named.setdefault(row["account_id"], (row["account_name"], []))
        signs.append(
            f"words near those of customers who cancelled ({row['word_count']} shared)",
        )
    return named


def _counted(warned: set[str], today: pl.DataFrame, named: list[str]) -> tuple[str, ...]:
    customers = wording.counted(today.height, "current customer")
    if not warned:
        return (f"None of {customers} gives a sign.",)
    unshown, rest = max(len(named) - _MOST, 0), len(warned) - len(named)
    return (
        f"{wording.sentence(wording.number(len(warned)))} of {customers} give at least one sign.",
        f"{wording.sentence(wording.number(unshown))} with fewer signs are not shown."
        if unshown
        else "",
        f"{wording.sentence(wording.number(rest))} more, in confidence." if rest else "",
    )


def _noted() -> str:
    return _NOTE.format(least=nearness.LEAST_SIMILAR, fewest=wording.number(nearness.FEWEST_WORDS))
