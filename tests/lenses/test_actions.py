"""What we said we would do: told before it is listed, and nobody of ours beside a quote."""

from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest

from winloss.lenses import actions
from winloss.quotes import Names, Voices
from winloss.reporting import Panel, Section
from winloss.warehouse import Reader, models

PERIOD = {
    "from": date(2026, 7, 6),
    "to": date(2026, 10, 4),
    "week_from": date(2026, 9, 28),
    "week_to": date(2026, 10, 4),
    "as_of": datetime(2026, 10, 5, 4, tzinfo=UTC),
    "team": None,
    "zone": "UTC",
}
STATED = datetime(2026, 9, 1, tzinfo=UTC)
FINISHED = datetime(2026, 9, 18, tzinfo=UTC)
THIS_WEEK = datetime(2026, 9, 30, 9, tzinfo=UTC)


class Company:
    """What it said it would do, and what customers said since."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def state(self, action_id: str, text: str = "Call back within a day", **changes: Any) -> None:
        """An action of Ann's, due in October unless said otherwise."""
        row = {
            "action_id": action_id,
            "event": "added",
            "action_kind": "miss",
            "action_text": text,
            "owner": "Ann",
            "action_due_on": date(2026, 10, 30),
            "row_hash": action_id,
            "fetched_at": STATED,
        }
        self._put("raw.actions", **{**row, **changes})

    def finish(self, action_id: str, outcome: str | None = None, at: datetime = FINISHED) -> None:
        """It is done."""
        said = {"event": "done", "outcome_text": outcome, "row_hash": f"{action_id} done"}
        self._put("raw.actions", action_id=action_id, **said, fetched_at=at)

    def hear(
        self, key: str, reason: str, at: datetime = THIS_WEEK, *, may_quote: str = "unnamed"
    ) -> None:
        """Somebody who left for a reason."""
        about = {
            "response_key": f"form/{key}",
            "response_id": key,
            "form_id": "form",
            "form_kind": "cancellation",
            "vote_key": f"vote-{key}",
            "submitted_at": at,
            "fetched_at": at,
        }
        self._put("marts.heard", **about, voter_key=f"vote-{key}", is_defection=True)
        self._put("marts.responses", **about, may_quote=may_quote, may_see=False, call_me=False)
        said = {"source": "written", "reason": reason, "parent": reason, "polarity": "ours_bad"}
        self._put("marts.decision_reasons", response_key=f"form/{key}", **said, is_theirs=True)
        text = f"It was the {reason} that made us go, {key}."
        self._put(
            "marts.verbatims",
            **about,
            verbatim_key=key,
            respondent=key,
            question_ref="what_happened",
            text=text,
            may_quote=may_quote,
        )
        self._put(
            "marts.codes",
            verbatim_key=key,
            reason=reason,
            parent=reason,
            is_primary=True,
            polarity="ours_bad",
            span_start=0,
            span_end=len(text),
        )

    def section(self, **values: Any) -> Section:
        """The section of week 40."""
        period = {**PERIOD, **values}
        self.connection.execute("set variable as_of = ?", [PERIOD["as_of"]])
        for layer, name in (("staging", "actions"), ("marts", "returns"), ("marts", "actions")):
            models.replace(self.connection, layer, name)
        reader = Reader(self.connection)
        voices = Voices(
            reader.report("voices", **period),
            reader.report("voices_codes", **period),
            Names.of(people=[], companies=[]),
        )
        counts = {name: reader.report(name, **period) for name in actions.READS}
        return actions.section(counts, voices, 13)

    def _put(self, relation: str, **row: Any) -> None:
        marks = ", ".join("?" * len(row))
        self.connection.execute(
            f"insert into {relation} ({', '.join(row)}) values ({marks})", list(row.values())
        )


@pytest.fixture
def company(connection: duckdb.DuckDBPyConnection) -> Company:
    """One that has said nothing yet, in a codebook that calls things plainly."""
    connection.execute("set timezone = 'UTC'")
    connection.execute(
        "update staging.reasons set label = 'help to start' where reason = 'onboarding'"
    )
    return Company(connection)


def panel(section: Section, name: str) -> Panel | None:
    """The panel of that name; None where there is none."""
    return next((each for each in section.panels if each.name == name), None)


def told(section: Section, name: str) -> list[tuple[str, ...]]:
    """Its rows as printed."""
    found = panel(section, name)
    assert found is not None
    return [(row.label, *(cell.said for cell in row.cells)) for row in found.rows]


def test_nothing_on_record(company: Company) -> None:
    """One line that says what to do, and no line for the mail."""
    section = company.section()

    assert section.caveats == (actions.NOTHING,)
    assert (section.lines, section.panels) == ((), ())


def test_the_same_miss_returning_is_said_first(company: Company) -> None:
    """Above what is overdue stands what we called done and customers name again."""
    company.state("A1", "A person on site", reason="onboarding")
    company.finish("A1")
    company.state("A2", "Answer quotes in a day", owner="Ben", action_due_on=date(2026, 9, 25))
    company.hear("again", "onboarding")
    company.hear("other", "support")

    section = company.section()

    assert section.lines == (
        "Done, and back: A person on site. This week 1 of 2 heard named help to start again.",
        "Overdue since 25 September (Ben): Answer quotes in a day.",
    )
    assert section.is_news
    assert told(section, "returned") == [("help to start", "1 of 2", "1")]


def test_beside_a_quote_stands_the_reason_alone(company: Company) -> None:
    """The words of who named it again stand beside no name of ours, no action and no day."""
    company.state("A1", "A person on site", reason="onboarding")
    company.finish("A1", "two people named")
    company.hear("again", "onboarding")

    section = company.section()

    found = panel(section, "returned")
    assert found is not None
    assert [quote.text for quote in section.quotes] == [
        "It was the onboarding that made us go, again."
    ]
    assert section.quotes == found.quotes
    beside = f"{found.title} {found.note} {told(section, 'returned')}"
    for ours in ("Ann", "A person on site", "two people", "September", "October"):
        assert ours not in beside


def test_counted_words_are_counted(company: Company) -> None:
    """Who may only be counted makes a return, and is not quoted."""
    company.state("A1", reason="onboarding")
    company.finish("A1")
    company.hear("again", "onboarding", may_quote="counted")

    section = company.section()

    assert told(section, "returned") == [("help to start", "1 of 1", "1")]
    assert section.quotes == ()


def test_what_was_said_before_it_was_done_is_no_return(company: Company) -> None:
    """A miss named while the action was under way has not come back."""
    company.state("A1", reason="onboarding")
    company.finish("A1", at=datetime(2026, 9, 30, 12, tzinfo=UTC))
    company.hear("between", "onboarding")

    section = company.section()

    assert panel(section, "returned") is None
    assert section.lines == ("Done (Ann): Call back within a day.",)


def test_an_old_return_is_not_this_weeks_news(company: Company) -> None:
    """What came back earlier stays in the table and leaves the lines."""
    company.state("A1", reason="onboarding")
    company.finish("A1")
    company.hear("earlier", "onboarding", datetime(2026, 9, 22, tzinfo=UTC))

    section = company.section()

    assert told(section, "returned") == [("help to start", "nobody heard yet", "1")]
    assert not section.is_news
    assert section.lines == ("Nothing is due this week. Open: 0. Done: 1.",)


def test_the_list_has_the_overdue_first(company: Company) -> None:
    """Each with its owner, its day and its outcome, and how many are done."""
    company.state("A1")
    company.finish("A1", "everybody called")
    company.state("A2", "Visit", action_kind="mile", action_due_on=date(2026, 10, 8))
    company.state("A3", "Write", action_due_on=date(2026, 10, 4))

    section = company.section()

    assert told(section, "list") == [
        ("Write", "a miss", "Ann", "4 October", "overdue"),
        ("Visit", "an extra mile", "Ann", "8 October", "open"),
        (
            "Call back within a day",
            "a miss",
            "Ann",
            "30 October",
            "done on 18 September: everybody called",
        ),
    ]
    found = panel(section, "list")
    assert found is not None
    assert found.note == "Done: 1 of 3."
    assert section.lines == (
        "Overdue since 4 October (Ann): Write.",
        "Due on 8 October (Ann): Visit.",
    )


def test_at_most_three_lines(company: Company) -> None:
    """Several of a kind are one line and a count; a mail has room for three."""
    for number in range(4):
        company.state(f"A{number}", f"Late {number}", action_due_on=date(2026, 9, 10 + number))
    company.state("B1", "Soon", action_due_on=date(2026, 10, 8))
    company.state("B2", "Done now", reason="support")
    company.finish("B2", at=datetime(2026, 9, 29, tzinfo=UTC))
    company.state("B3", "Fresh", fetched_at=datetime(2026, 10, 1, tzinfo=UTC))

    assert company.section().lines == (
        "Overdue since 10 September (Ann): Late 0. And three more.",
        "Done (Ann): Done now.",
        "Due on 8 October (Ann): Soon.",
    )


def test_a_standard_is_kept_or_not(company: Company) -> None:
    """Named by a customer this week it is not kept; heard by nobody, nobody can tell."""
    standard: dict[str, Any] = {"action_kind": "standard", "action_due_on": None, "measure": "log"}
    company.state("S1", "Answer in a day", reason="support", **standard)
    company.state("S2", "Show up", reason="onboarding", **standard)
    company.state("S3", "Be kind", **standard)
    company.hear("one", "support")
    company.hear("two", "price_level")

    section = company.section()
    quiet = company.section(week_from=date(2026, 9, 21), week_to=date(2026, 9, 27))

    assert told(section, "standards") == [
        ("Answer in a day", "log", "Ann", "no: 1 of 2 heard named it"),
        ("Show up", "log", "Ann", "yes: none of 2 heard named it"),
        ("Be kind", "log", "Ann", "no reason is named, so customers cannot tell"),
    ]
    assert section.lines == ("Not kept this week, say 1 of 2 heard: Answer in a day.",)
    assert told(quiet, "standards")[0][-1] == "nobody was heard"


def test_as_it_stood_then(company: Company) -> None:
    """An edition of an earlier instant knows neither what was stated nor done since."""
    company.state("A1", action_due_on=date(2026, 9, 10))
    company.finish("A1")
    company.state("A2", "Later", fetched_at=datetime(2026, 9, 20, tzinfo=UTC))

    then = company.section(as_of=datetime(2026, 9, 14, 4, tzinfo=UTC))

    assert told(then, "list") == [
        ("Call back within a day", "a miss", "Ann", "10 September", "overdue")
    ]
