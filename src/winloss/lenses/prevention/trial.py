"""The back-test: whether the list would have shown us, 60 days before, who left."""

from dataclasses import dataclass

import polars as pl

from winloss import numbers, wording
from winloss.lenses.prevention import watch
from winloss.reporting import Cell, Figure, Panel, Row

QUERY = "sql/reports/prevention_steps.sql"
WORDS_QUERY = "sql/reports/prevention_words.sql"
DAYS = 60

_NOTE = (
    "Looked back on {days}, 60 days apart, each time with nothing but what had been said, held "
    "and cancelled by then. Days before the first pulse are left out, and for the words those "
    "before any leaver's were known. Customers of a day are those now, and those who cancelled "
    "after it. One customer can stand in several of these spans, so the truth may lie a little "
    "outside the ranges given."
)


@dataclass(frozen=True)
class Tried:
    """What one list would have been worth; every count is of customers in 60 days' spans."""

    name: str
    caught: Figure
    """Of those who cancelled, how many were on it when the 60 days began."""
    right: Figure
    """Of those on it, how many cancelled within the 60 days."""

    @property
    def missed(self) -> int:
        """Cancelled without having been on it."""
        return self.caught.total - self.caught.count

    @property
    def false_alarms(self) -> int:
        """On it, and stayed."""
        return self.right.total - self.right.count


@dataclass(frozen=True)
class Trial:
    """Both lists, and what would have been found without any."""

    lists: tuple[Tried, ...]
    everybody: Figure
    """Of all customers, how many cancelled within the 60 days."""
    unheard: Figure
    """Of those who cancelled, how many had said nothing in a pulse of the half year before."""
    span_count: int


def judged(steps: pl.DataFrame, words: pl.DataFrame) -> Trial:
    """The lists as they would have stood on each day looked back on.

    `steps` is one row per day and customer then (`step`, `step_on`, `account_id`, `has_spoken`,
    `is_warned`, `has_left`); `words` one row per pulse with words.
    """
    past = steps.filter((pl.col("step") > 0) & pl.col("has_spoken").any().over("step"))
    days = [frame for _, frame in past.sort("step").group_by("step", maintain_order=True)]
    alike = [_near(each, words) for each in days]
    gone = past.filter("has_left")
    return Trial(
        lists=(
            _tried("by their signs", past, QUERY),
            _tried("by their words", pl.concat([past.clear(), *alike]), WORDS_QUERY),
        ),
        everybody=numbers.figure("everybody", gone.height, past.height, QUERY),
        unheard=numbers.figure(
            "unheard", gone.filter(~pl.col("has_spoken")).height, gone.height, QUERY
        ),
        span_count=len(days),
    )


def _near(customers: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """The customers of one day, on the list by their words; none before anybody's are known."""
    if watch.left_by(words, customers["step_on"][0]).is_empty():
        return customers.clear()
    found = watch.near(customers, words)["account_id"].to_list()
    return customers.with_columns(is_warned=pl.col("account_id").is_in(found))


def _tried(name: str, customers: pl.DataFrame, query: str) -> Tried:
    gone = customers.filter("has_left")
    listed = customers.filter("is_warned")
    hits = listed.filter("has_left").height
    return Tried(
        name,
        numbers.figure(f"{name}: caught", hits, gone.height, query),
        numbers.figure(f"{name}: right", hits, listed.height, query),
    )


def lines(trial: Trial) -> tuple[str, ...]:
    """`10 of 24 customers who cancelled were on the list …; 61 on it did not cancel …`."""
    signs = trial.lists[0]
    if not signs.caught.total:
        return ()
    stayed = f"{wording.counted(signs.false_alarms, 'customer')} on it did not cancel in that time."
    caught = f"{signs.caught.count} of {signs.caught.total} customers who cancelled"
    return (f"{caught} were on the list up to {DAYS} days before; {stayed}",)


def panel(trial: Trial) -> Panel | None:
    """One row per list, and one for what would have been found without any."""
    if not trial.everybody.count:
        return None
    unheard = numbers.spoken(trial.unheard)
    return Panel(
        "trial",
        "Would we have seen it coming?",
        (
            *(_row(each) for each in trial.lists),
            Row(
                "every customer, listed or not",
                (Cell(""), Cell(numbers.spoken(trial.everybody), trial.everybody), Cell("")),
            ),
        ),
        columns=("list", "of those who cancelled, on it before", "of those on it, cancelled", "so"),
        note=(
            f"{_NOTE.format(days=wording.counted(trial.span_count, 'day'))} Of those who "
            f"cancelled, {unheard} had not answered a pulse in the half year before."
        ),
    )


def _row(tried: Tried) -> Row:
    missed, alarms = wording.number(tried.missed), wording.counted(tried.false_alarms, "alarm")
    return Row(
        tried.name,
        (
            Cell(numbers.spoken(tried.caught), tried.caught),
            Cell(_right(tried), tried.right),
            Cell(f"{missed} missed, {alarms} for nothing"),
        ),
    )


def _right(tried: Tried) -> str:
    return numbers.spoken(tried.right) if tried.right.total else "nobody was on it"
