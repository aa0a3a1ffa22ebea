"""The chain from goals to results: where it broke, and what that does to the odds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Quote, Row

QUERY = "sql/reports/prevention_chain.sql"
ODDS_QUERY = "sql/reports/prevention_odds.sql"
LINKS = {
    "goals_known": "goals known",
    "challenges_known": "challenges known",
    "challenges_worked": "challenges worked on",
    "checked_in": "checked in",
    "met_expectation": "results as expected",
}

_BOXES = (
    "A link is broken at 1 or 2 of 5, or where nobody ever checked in. Of several people who "
    "answered about one cancellation the weakest answer counts; a link left open is passed over. "
    "Beside a link speaks one who called it broken, where need be from before the window."
)
_COMPARED = (
    "Current customers by their latest pulse; whoever cancelled within the year and told us counts "
    "there, by the latest cancellation, a customer still or not. They looked back, the others did "
    "not, so this is no proof of a cause. {looks}"
)
_WORDS = ("missed",)


@dataclass(frozen=True)
class Chain:
    """The five links, in their order, over the window or since the beginning."""

    links: tuple[dict[str, Any], ...]
    heard: int
    """Cancellations of which at least one link was answered."""
    is_window: bool
    broken_ids: Mapping[str, tuple[str, ...]]
    """Link -> who has ever called it broken."""

    def voice(self, voices: Voices, refs: tuple[str, ...]) -> Quote | None:
        """Somebody who called a link broken, of those counted here before any other."""
        counted = tuple(sorted({each for link in self.links for each in link["broken_ids"]}))
        ever = tuple(sorted({each for ids in self.broken_ids.values() for each in ids}))
        return voices.choose(refs, counted) or voices.choose(refs, ever)


def judged(counts: pl.DataFrame) -> Chain:
    """The window where enough were heard in it, otherwise everything since the beginning.

    `counts` is one row per link and period (`is_window`): `first_count` of `heard_count`
    cancellations, `broken_count` of `answered_count` of `shown_count`, and the ids behind.
    """
    recent = counts.filter(pl.col("is_window")).sort("position").to_dicts()
    ever = counts.filter(~pl.col("is_window")).sort("position").to_dicts()
    is_window = bool(recent) and recent[0]["heard_count"] >= numbers.PERCENT_FROM
    links = recent if is_window else ever
    broken_ids = {row["link"]: tuple(row["broken_ids"]) for row in ever}
    heard = int(links[0]["heard_count"]) if links else 0
    return Chain(tuple(links), heard, is_window, broken_ids)


def lines(chain: Chain, weeks: int) -> tuple[str, ...]:
    """Where it broke first most often: `The chain broke first at goals known: …`."""
    if not chain.heard:
        return ()
    lead = max(chain.links, key=lambda link: link["first_count"])
    if not lead["first_count"]:
        return (f"In {wording.counted(chain.heard, 'cancellation')} no link was called broken.",)
    said = numbers.spoken(_first(lead, chain.heard))
    when = f"over {weeks} weeks" if chain.is_window else "since the beginning"
    at = f"the chain broke first at “{LINKS[lead['link']]}” in {said}."
    return (f"Of the cancellations heard {when}, {at}",)


def panel(chain: Chain, voices: Voices) -> Panel | None:
    """One row per link: where it broke first, how often it was broken, how many left it open."""
    if not chain.heard:
        return None
    whole = chain.heard - sum(link["first_count"] for link in chain.links)
    intact = f" In {whole} of {chain.heard} no link was broken." if whole else ""
    return Panel(
        "chain",
        "Where the chain broke",
        tuple(_row(link, chain, voices) for link in chain.links),
        note=_BOXES + intact,
    )


def _row(link: dict[str, Any], chain: Chain, voices: Voices) -> Row:
    broken = numbers.figure(
        f"{link['link']}_broken",
        link["broken_count"],
        link["answered_count"],
        QUERY,
        tuple(link["broken_ids"]),
    )
    left_open = link["shown_count"] - link["answered_count"]
    first = _first(link, chain.heard)
    cells = (
        Cell(_said(link["first_count"], chain.heard), first),
        Cell(f"called broken in {numbers.spoken(broken)}", broken),
        Cell(f"{wording.number(left_open)} left it open" if left_open else ""),
    )
    counted, ever = link["broken_ids"], chain.broken_ids[link["link"]]
    spoken = (voices.choose(_WORDS, ids, beside=(first, broken)) for ids in (counted, ever))
    quote = next((each for each in spoken if each), None) if counted else None
    return Row(LINKS[link["link"]], cells, quote)


def _first(link: dict[str, Any], heard: int) -> Figure:
    return numbers.figure(
        f"{link['link']}_first", link["first_count"], heard, QUERY, tuple(link["first_ids"])
    )


def _said(count: int, heard: int) -> str:
    return f"broke first in {count} of {heard}" if count else "never the first to break"


def odds_panel(counts: pl.DataFrame) -> Panel | None:
    """How the odds of cancelling change with each link, against current customers.

    `counts` is one row per link: `cancelled_broken_count` of `cancelled_count`,
    `current_broken_count` of `current_count`.
    """
    rows = counts.sort("position").to_dicts()
    if not any(row["cancelled_count"] and row["current_count"] for row in rows):
        return None
    found = [numbers.odds(_cancelled(row), _current(row), len(rows)) for row in rows]
    above = sum(each is not None and each.low > 1 for each in found)
    looks = (
        f"{wording.sentence(wording.number(len(rows)))} links were looked at, so each range is "
        f"wide enough for all of them to hold together; {wording.number(above)} of them "
        f"{'lies' if above == 1 else 'lie'} wholly above even odds."
    )
    return Panel(
        "odds",
        "What a broken link does to the odds of cancelling",
        tuple(_compared(row, len(rows)) for row in rows),
        columns=("broken link", "who cancelled", "current customers", "odds of cancelling"),
        note=_COMPARED.format(looks=looks),
    )


def _cancelled(row: dict[str, Any]) -> tuple[int, int]:
    return row["cancelled_broken_count"], row["cancelled_count"]


def _current(row: dict[str, Any]) -> tuple[int, int]:
    return row["current_broken_count"], row["current_count"]


def _compared(row: dict[str, Any], looks: int) -> Row:
    cancelled = numbers.figure(f"{row['link']}_cancelled", *_cancelled(row), ODDS_QUERY)
    current = numbers.figure(f"{row['link']}_current", *_current(row), ODDS_QUERY)
    return Row(
        LINKS[row["link"]],
        (
            Cell(f"{cancelled.count} of {cancelled.total}", cancelled),
            Cell(f"{current.count} of {current.total}", current),
            Cell(_odds_said(_cancelled(row), _current(row), looks)),
        ),
    )


def _odds_said(cancelled: tuple[int, int], current: tuple[int, int], looks: int) -> str:
    found = numbers.odds(cancelled, current, looks)
    if found is None or min(cancelled[1], current[1]) < numbers.COUNT_ONLY_BELOW:
        return "too few to say"
    if found.high == float("inf"):
        return f"at least {_times(found.low)}"
    return f"{_times(found.ratio)} (likely {found.low:.2g} to {found.high:.2g})"


def _times(ratio: float) -> str:
    return f"{ratio:.2g} times"
