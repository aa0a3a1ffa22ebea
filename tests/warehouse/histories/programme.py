"""A programme that lives through a history: lands, loads, records, codes and builds."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import duckdb
import polars as pl
from tests.warehouse import words
from tests.warehouse.histories import payloads, steps
from tests.warehouse.histories.steps import Step

from winloss import recipes, warehouse
from winloss.reporting import Edition
from winloss.settings import CodingSettings, Settings
from winloss.warehouse import landing
from winloss.weeks import Week

START = datetime(2026, 8, 3, 4, tzinfo=UTC)
Landing = steps.Came | steps.Again | steps.Swept | steps.Formed
_RETIRED = {"valid_to": "2026-08-01"}
_REASONS = {
    "plain": words.REASONS,
    "one added": [*words.REASONS, {"reason": "ties", "label": "ties"}],
    "one split": [
        *words.REASONS[:1],
        {"reason": "support", "label": "support", "becomes": "reach speed", **_RETIRED},
        *words.REASONS[2:],
        {"reason": "reach", "label": "reach"},
        {"reason": "speed", "label": "speed"},
    ],
    "one retired": [
        *words.REASONS[:2],
        {"reason": "delay", "label": "delay", "becomes": "support", **_RETIRED},
    ],
}
_TERMS = {
    "plain": words.TERMS,
    "one added": [*words.TERMS, {"reason": "ties", "pattern": "cousin", "weight": "2"}],
    "one split": [
        *(term for term in words.TERMS if term["reason"] != "support"),
        {"reason": "reach", "pattern": "called", "weight": "2"},
    ],
    "one retired": words.TERMS[:2],
}
_KEYS = {
    "decisions": "decision_id",
    "decision_changes": "change_id",
    "rates": "currency",
    "accounts": "account_id",
    "sellers": "seller_id",
    "respondents": "respondent",
    "invitations": "invitation_id",
    "seller_reasons": "decision_id",
    "promises": "promise_id",
    "check_ins": "check_in_id",
    "names": "word",
    "actions": "action_id",
}


Opening = Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]


class Cut(Exception):  # noqa: N818 (nothing went wrong: it was cut off)
    """The run ends here, as when somebody pressed Ctrl-C."""


class Programme:
    """A warehouse with its landing folder and settings; each step is a day later."""

    def __init__(self, home: Path, opened: Opening) -> None:
        """On the first day, with nothing in it; `opened` opens its warehouse."""
        self.now = START
        self._opened = opened
        self._home = home
        self._set = steps.Set()
        self._came: list[tuple[str, dict[str, Any]]] = []
        self._settings: dict[steps.Set, Settings] = {}

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        if self._set not in self._settings:
            self._settings[self._set] = _settings(self._home, self._set)
        return self._settings[self._set]

    @property
    def recipe(self) -> warehouse.Recipe:
        """What a build needs, as the settings are now."""
        return recipes.recipe(self.settings)

    def live(self, history: Sequence[Step]) -> Iterator[tuple[steps.Built, warehouse.Built]]:
        """Live through a history; yields after every build that is not cut off, with its report."""
        for step in history:
            self.now += timedelta(days=1)
            built = self._take(step)
            if isinstance(step, steps.Built) and built:
                yield step, built

    def build(self, *, is_full: bool = False) -> warehouse.Built:
        """Bring staging and marts up to raw."""
        with self._opened() as connection:
            return warehouse.build(connection, self.recipe, as_of=self.now, is_full=is_full)

    def _take(self, step: Step) -> warehouse.Built | None:
        match step:
            case steps.Came():
                self._came.append((steps.ANSWERED[step.response], payloads.item(step, self.now)))
                self._land(*self._came[-1], step)
            case steps.Again():
                for form, item in self._came[-1 - step.ago :][:1]:
                    self._land(form, item, step)
            case steps.Swept():
                item = {"response_id": step.response, "is_deleted": step.is_deleted}
                self._land(steps.ANSWERED[step.response], item, step)
            case steps.Formed():
                self._land(step.form, payloads.definition(step, self.now), step)
            case steps.Set():
                self._set = step
            case _:
                with self._opened() as connection:
                    return self._work(connection, step)
        return None

    def _work(self, connection: duckdb.DuckDBPyConnection, step: Step) -> warehouse.Built | None:
        match step:
            case steps.Told():
                self._tell(connection, step)
            case steps.Labelled():
                self._label(
                    connection,
                    steps.WORDS[step.words],
                    *step.reasons,
                    reviewer=step.reviewer,
                    stance=step.stance,
                )
            case steps.Taught():
                self._teach(connection)
            case _:
                self._load(connection, is_weekly=isinstance(step, steps.Built) and step.is_weekly)
                return self._run(connection, step)
        return None

    def _load(self, connection: duckdb.DuckDBPyConnection, *, is_weekly: bool) -> None:
        """Load what has landed; a weekly run opens its edition, and sent the one before."""
        connection.execute("begin")
        warehouse.load_landing(connection, self._home / "landing", now=self.now)
        if is_weekly:
            connection.execute("update ops.editions set body_hash = 'sent'")
            week = Week.before(self.now, ZoneInfo("UTC"))
            warehouse.opened(connection, Edition("weekly", week, str(self.now.date()), self.now))
        connection.execute("commit")

    def _run(self, connection: duckdb.DuckDBPyConnection, step: Step) -> warehouse.Built | None:
        """Code ahead, or build."""
        recipe = self.recipe
        with _cut_off(connection):
            if isinstance(step, steps.Recoded):
                tell = _cut if step.is_cut else lambda _done, _count: None
                warehouse.recode(
                    connection, recipe, as_of=self.now, is_all=step.is_all, progress=tell
                )
            if isinstance(step, steps.Built):
                cut = replace(recipe, agreement=_cut) if step.is_cut else recipe
                return warehouse.build(connection, cut, as_of=self.now, is_full=step.is_full)
        return None

    def _land(self, form: str, item: Mapping[str, Any], step: Landing) -> None:
        at = (self.now - timedelta(days=step.lag)).isoformat()
        head = {"form_id": form, "form_kind": form, "source": step.source, "fetched_at": at}
        line = json.dumps({**head, "item": item}).encode() + b"\n"
        landing.write_lines(self._home / "landing", form, line)

    def _tell(self, connection: duckdb.DuckDBPyConnection, step: steps.Told) -> None:
        row = _dated(step.row, self.now)
        nothing = {name: pl.String for name, value in row.items() if value is None}
        frame = pl.DataFrame([row], schema_overrides=nothing)
        at = warehouse.learned_at(connection, self.now)
        key = _KEYS[step.entity]
        warehouse.load_records(connection, step.entity, frame, key=key, now=at)

    def _label(
        self,
        connection: duckdb.DuckDBPyConnection,
        text: str,
        *reasons: str,
        reviewer: str = "ada",
        stance: str = "against",
    ) -> None:
        days = (self.now - words.AT).days
        words.label(connection, text, *reasons, days=days, reviewer=reviewer, stance=stance)

    def _teach(self, connection: duckdb.DuckDBPyConnection) -> None:
        said = {f"taught{place}": text for place, text in enumerate(words.TAUGHT)}
        words.land(self._home / "landing", said, days=(self.now - words.AT).days)
        for text, reason in words.TAUGHT.items():
            self._label(connection, text, reason)


def _cut(*_: object) -> NoReturn:
    raise Cut


@contextmanager
def _cut_off(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Where it was cut, what was not committed is gone, as when the process had ended."""
    try:
        yield
    except Cut:
        try:
            connection.execute("rollback")
        except duckdb.TransactionException:
            return


def _settings(home: Path, chosen: steps.Set) -> Settings:
    book = home / f"{chosen.codebook}.csv"
    words.write_codebook(book, _REASONS[chosen.codebook], _TERMS[chosen.codebook])
    questions = {payloads.MAPPED_REF: payloads.OPEN_REF} if chosen.is_mapped else {}
    forms = [
        {"id": kind, "kind": kind, "signed": chosen.is_signed, "questions": questions}
        for kind in ("lost_deal", "pulse", "seller")
    ]
    return Settings(
        company="Harbourline",
        coding=CodingSettings(codebook=book, sentence_model=False),
        typeform={"forms": forms},  # type: ignore[arg-type] # as the file says it
    )


def _dated(row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """A record with its days as days, and its instants as instants."""
    found = dict(row)
    for name, value in row.items():
        if value is not None and name.endswith("_on"):
            found[name] = now.date() + timedelta(days=value)
        if value is not None and name.endswith("_at"):
            found[name] = now + timedelta(days=value)
    return found
