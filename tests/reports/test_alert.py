"""The alert: the customer's words where they allow it, nobody's name where they do not."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import polars as pl
import pytest

from winloss import render, resources, warehouse
from winloss.reporting import Alert, Edition
from winloss.settings import Settings
from winloss.weeks import Week

MONDAY = datetime(2026, 10, 5, 4, tzinfo=UTC)
EDITION = Edition("alert", Week.parse("2026-W41"), "abc", MONDAY)
PAGE_NINE = "The fee stood on page nine of the annex."


@dataclass
class Cases:
    """Cases of harm in a real warehouse, and the alert that tells of them."""

    connection: duckdb.DuckDBPyConnection

    def add(
        self,
        key: str,
        *,
        harm: str = "misled",
        text: str = "",
        may_quote: str = "unnamed",
        at: datetime = MONDAY - timedelta(hours=2),
    ) -> None:
        """One response that tells of harm, with the words it tells it in."""
        response = {"response_key": f"form/{key}", "form_id": "form", "response_id": key}
        when = {"submitted_at": at, "fetched_at": at}
        ref = f"{harm}_words"
        self._insert(
            "marts.respect",
            response_key=f"form/{key}",
            **{f"is_{harm}": True},
            shown_refs=[harm, ref],
            answered_refs=[harm, ref] if text else [harm],
        )
        self._insert("marts.heard", **response, **when, form_kind="cancellation")
        self._insert(
            "staging.respondents",
            respondent=f"person-{key}",
            respondent_name="Ada Vantongeren",
            respondent_role="Yard manager",
        )
        if text:
            self._insert(
                "marts.verbatims",
                **response,
                **when,
                verbatim_key=f"{key}-{ref}",
                question_ref=ref,
                text=text,
                may_quote=may_quote,
                respondent=f"person-{key}",
            )

    def _insert(self, relation: str, **row: Any) -> None:
        self.connection.register("given", pl.from_dicts([row]).to_arrow())
        self.connection.execute(f"insert into {relation} by name from given")
        self.connection.unregister("given")

    def new(self, as_of: datetime = MONDAY) -> list[tuple[str, str]]:
        """The cases nobody was alerted to yet."""
        found = warehouse.Reader(self.connection).report("alert_new", as_of=as_of)
        return list(found.select("response_key", "harm").iter_rows())

    def alert(self) -> Alert:
        """The alert that tells of every new case."""
        for key, harm in self.new():
            self._insert(
                "ops.alerts",
                edition_id=EDITION.edition_id,
                response_key=key,
                harm=harm,
                as_of=MONDAY,
            )
        make = resources.load("reports", "alert").make
        made: Alert = make(
            warehouse.Reader(self.connection), EDITION, Settings(company="Harbourline")
        )
        return made


@pytest.fixture
def cases(connection: duckdb.DuckDBPyConnection) -> Cases:
    """A programme that has run before, without a case."""
    connection.execute("insert into ops.runs values (timestamptz '2026-09-01', 'v1', 0, 0, 'm1')")
    return Cases(connection)


def test_opens_with_their_words(cases: Cases) -> None:
    """The words lead, the subject holds a slice of them, and no name stands beside."""
    cases.add("a", text=PAGE_NINE)

    alert = cases.alert()
    mail = render.alert(alert)

    assert mail.subject == (
        "“The fee stood on page nine of the annex”: "
        "somebody found something different from what we had said"
    )
    assert mail.text.splitlines()[2:5] == [
        f"“{PAGE_NINE}”",
        "Name withheld",
        "Somebody found something different from what we had said.",
    ]
    assert PAGE_NINE in mail.html
    assert "Ada" not in mail.text + mail.html


def test_in_confidence(cases: Cases) -> None:
    """Words that may only be counted reach neither subject nor mail."""
    cases.add("a", harm="condescended", text="Zebra crossing, they said.", may_quote="counted")

    mail = render.alert(cases.alert())

    assert mail.subject == "Somebody felt talked down to"
    assert "Heard, in confidence." in mail.text
    assert "Zebra" not in mail.subject + mail.text + mail.html


def test_named(cases: Cases) -> None:
    """Whoever lets us name them is named."""
    cases.add("a", text=PAGE_NINE, may_quote="named")

    assert "Ada Vantongeren, Yard manager" in render.alert(cases.alert()).text


def test_sellers_are_masked(cases: Cases) -> None:
    """A seller named by the customer is a mask."""
    cases.connection.execute(
        "insert into staging.sellers by name "
        "select 's1' as seller_id, 'Torquil Ravensbourne' as seller_name"
    )
    cases.add("a", harm="condescended", text="Torquil spoke to me as if to a child.")

    mail = render.alert(cases.alert())

    assert "[name] spoke to me" in mail.text
    assert "Torquil" not in mail.subject + mail.text + mail.html


def test_many_cases(cases: Cases) -> None:
    """Whoever may be quoted comes first; the subject counts the rest."""
    cases.add("a", text="")
    cases.add("b", text=PAGE_NINE)
    cases.add("c", harm="condescended", text="I was laughed at by your trainer.")

    alert = cases.alert()

    assert [bool(case.quote) for case in alert.cases] == [True, True, False]
    assert alert.cases[-1].note == "They left no words."
    assert alert.subject.endswith(", and two more")


def test_two_harms_of_one_customer(cases: Cases) -> None:
    """Who was both talked down to and misled is heard on both."""
    cases.add("a", text=PAGE_NINE)
    cases.connection.execute("update marts.respect set is_condescended = true")

    assert cases.new() == [("form/a", "condescended"), ("form/a", "misled")]


def test_told_cases_are_not_new(cases: Cases) -> None:
    """Once bound to an alert, a case is never new again."""
    cases.add("a", text=PAGE_NINE)
    cases.alert()

    assert cases.new(MONDAY + timedelta(days=30)) == []


def test_history_is_not_news(cases: Cases) -> None:
    """What came in long before the first run was there when the programme was set up."""
    cases.add("old", text=PAGE_NINE, at=datetime(2026, 8, 1, tzinfo=UTC))
    cases.add("late", text=PAGE_NINE, at=datetime(2026, 8, 28, tzinfo=UTC))

    assert cases.new() == [("form/late", "misled")]


def test_nothing_later_than_the_instant(cases: Cases) -> None:
    """A case that comes in after the run's instant waits for the next."""
    cases.add("a", text=PAGE_NINE, at=MONDAY + timedelta(minutes=1))

    assert cases.new() == []


def test_hostile_words(cases: Cases) -> None:
    """Markup and templates in an answer stay text."""
    cases.add("a", text="They wrote <b>{{ 7 * 7 }}</b> in the contract.")

    mail = render.alert(cases.alert())

    assert "&lt;b&gt;{{ 7 * 7 }}&lt;/b&gt;" in mail.html
    assert "49" not in mail.text
