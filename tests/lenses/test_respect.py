"""Respect both ways: harm is listed case by case, and nobody's silence is taken for a no."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl
import pytest

from winloss.lenses import respect
from winloss.quotes import Names, Voices
from winloss.reporting import Panel, Section
from winloss.warehouse import Reader

PERIOD = {
    "from": date(2026, 7, 6),
    "to": date(2026, 10, 4),
    "week_from": date(2026, 9, 28),
    "week_to": date(2026, 10, 4),
    "as_of": datetime(2026, 10, 5, 4, tzinfo=UTC),
    "team": None,
    "zone": "Europe/Berlin",
}
BEFORE = datetime(2026, 8, 3, 9, tzinfo=UTC)
THIS_WEEK = datetime(2026, 9, 30, 9, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 12, 9, tzinfo=UTC)
HARMS = ("condescended", "misled")


@dataclass
class Customers:
    """Customers who answered the blocks of respect, in a real warehouse."""

    connection: duckdb.DuckDBPyConnection
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def answer(
        self,
        key: str,
        *,
        at: datetime = BEFORE,
        shown: tuple[str, ...] = (),
        words: dict[str, str] | None = None,
        may_quote: str = "unnamed",
        voter: str = "",
        kind: str = "lost_deal",
        **facts: Any,
    ) -> None:
        """One response: `shown` beside what its facts and words answer, and its words."""
        written = words or {}
        refs = {"is_condescended": "condescended", "is_misled": "misled"}
        answered = sorted({*written, *(refs.get(name, name) for name in facts if name in SHOWN)})
        response = {"response_key": f"form/{key}", "form_id": "form", "response_id": key}
        when = {"submitted_at": at, "fetched_at": at}
        self._add(
            "respect",
            **response_key(key),
            **facts,
            shown_refs=sorted({*answered, *shown}),
            answered_refs=answered,
        )
        self._add(
            "heard",
            **response,
            **when,
            form_kind=kind,
            counted_on=at.date(),
            voter_key=voter or key,
            is_defection=True,
            may_see=True,
        )
        for ref, text in written.items():
            self._add(
                "verbatims",
                **response,
                **when,
                verbatim_key=f"{key}-{ref}",
                question_ref=ref,
                text=text,
                may_quote=may_quote,
                form_kind="lost_deal",
                respondent=f"person-{key}",
            )

    def act(self, key: str, reason: str, *, kind: str, is_done: bool = False) -> None:
        """An action of ours that answers a reason, stated long before the week."""
        done_at = BEFORE if is_done else None
        self._add(
            "actions",
            action_id=key,
            action_kind=kind,
            reason=reason,
            added_at=LONG_AGO,
            done_at=done_at,
        )

    def _add(self, table: str, **row: Any) -> None:
        self.rows.setdefault(table, []).append(row)

    def section(self) -> Section:
        """What the lens says of them."""
        for table in ("respect", "heard", "verbatims", "actions"):
            self.connection.execute(f"delete from marts.{table}")
            if rows := self.rows.get(table):
                frame = pl.from_dicts(rows, infer_schema_length=None)
                self.connection.register("given", frame.to_arrow())
                self.connection.execute(f"insert into marts.{table} by name from given")
                self.connection.unregister("given")
        reader = Reader(self.connection)
        counts = {name: reader.report(name, **PERIOD) for name in respect.READS}
        words = self.connection.sql(
            "select * from marts.verbatims where may_quote <> 'counted'"
        ).pl()
        codes = self.connection.sql("from marts.codes").pl()
        voices = Voices(words, codes, Names.of())
        made = respect.section(counts, voices, 13)
        voices.verify(made.quotes)
        return made


SHOWN = ("felt_respected", "respects_us", "is_condescended", "is_misled", "nuisance_over")


def response_key(key: str) -> dict[str, str]:
    return {"response_key": f"form/{key}"}


@pytest.fixture
def customers(connection: duckdb.DuckDBPyConnection) -> Customers:
    """Nobody yet."""
    return Customers(connection)


def panel(section: Section, name: str) -> Panel:
    return next(each for each in section.panels if each.name == name)


def told(section: Section, name: str) -> list[tuple[str, ...]]:
    """The rows of a panel as a reader sees them, words last."""
    return [
        (row.label, *(cell.said for cell in row.cells), *([row.quote.text] if row.quote else []))
        for row in panel(section, name).rows
    ]


def test_nobody_asked(customers: Customers) -> None:
    """Without an answer the section stands with one line."""
    section = customers.section()

    assert (section.lines, section.panels, section.is_news) == ((respect.NOBODY,), (), False)


def test_asked_and_silent(customers: Customers) -> None:
    """A question left open by everybody is no rate of nought."""
    for number in range(3):
        customers.answer(f"r{number}", shown=("felt_respected", *HARMS))

    assert customers.section().lines == ("Asked of 3; nobody has answered.",)


def test_every_case_is_listed(customers: Customers) -> None:
    """One by one: words where they may be quoted, in confidence otherwise, none where none."""
    facts: dict[str, Any] = {"shown": HARMS, "is_misled": True}
    customers.answer("a", **facts, words={"misled_words": "The fee stood on page nine."})
    customers.answer(
        "b", **facts, words={"misled_words": "Zebra stripes in the terms."}, may_quote="counted"
    )
    customers.answer("c", **facts)
    customers.answer("d", **facts, words={"misled_words": "Setup was called free. It was not."})

    section = customers.section()

    label = "different from what we said"
    assert sorted(told(section, "cases")) == sorted(
        [
            (label, "", "Setup was called free. It was not."),
            (label, "heard, in confidence"),
            (label, "left no words"),
            (label, "their words open this section"),
        ]
    )
    assert section.voice is not None
    assert section.voice.text == "The fee stood on page nine."
    assert "Zebra" not in repr(section)


def test_a_case_is_listed_though_its_speaker_spoke_before(customers: Customers) -> None:
    """Who has two cases to tell is heard on both."""
    customers.answer(
        "a",
        is_misled=True,
        is_condescended=True,
        words={
            "misled_words": "The fee stood on page nine.",
            "condescended_words": "I was told to ask my husband.",
        },
    )

    section = customers.section()

    assert [row[1:] for row in told(section, "cases")] == [
        ("", "I was told to ask my husband."),
        ("their words open this section",),
    ]


def test_rate_of_those_shown(customers: Customers) -> None:
    """Whoever left it open stays in the total, and is said; one decision has one vote."""
    for number in range(16):
        customers.answer(f"no-{number}", is_misled=False, is_condescended=False)
    customers.answer("open", shown=HARMS)
    customers.answer("one", is_misled=True, shown=HARMS, voter="same")
    customers.answer("two", is_misled=True, shown=HARMS, voter="same")

    section = customers.section()

    assert told(section, "harms") == [
        ("talked down to", "0 % (0 of 18, likely 0 to 18 %)", "2"),
        ("different from what we said", "6 % (1 of 18, likely 1 to 26 %)", "1"),
    ]
    assert section.lines[0] == (
        "6 % (1 of 18, likely 1 to 26 %) found something different from what we had said; "
        "nobody felt talked down to."
    )
    assert section.caveats == ()


def test_few_asked_counts_since_the_beginning(customers: Customers) -> None:
    """Below fifteen in the window everything ever told counts, and that is said."""
    customers.answer("old", at=LONG_AGO, is_misled=True, shown=HARMS)
    customers.answer("new", is_misled=False, shown=HARMS)

    section = customers.section()

    assert section.caveats == (respect.FEW,)
    assert section.lines[0] == (
        "Since the beginning 1 of 2 found something different from what we had said; "
        "nobody felt talked down to."
    )
    assert len(told(section, "cases")) == 1


def test_enough_asked_counts_the_window(customers: Customers) -> None:
    """From fifteen on, neither an old answer nor an old case is in the window's list."""
    for number in range(15):
        customers.answer(f"r{number}", is_misled=number == 0, is_condescended=False)
    customers.answer("old", at=LONG_AGO, is_misled=True, is_condescended=False)

    section = customers.section()

    assert section.lines[0].startswith("7 % (1 of 15,")
    assert len(told(section, "cases")) == 1


def test_case_of_the_week_is_a_finding(customers: Customers) -> None:
    """It counts the week's voices, is called against the window, and opens the section."""
    customers.answer("a", at=THIS_WEEK, is_misled=False, is_condescended=False)
    customers.answer(
        "b",
        at=THIS_WEEK,
        is_condescended=True,
        is_misled=False,
        words={"condescended_words": "Somebody laughed at my question."},
    )

    section = customers.section()

    (finding,) = section.findings
    assert f"{finding.who} {finding.claim}" == "1 of the 2 asked this week felt talked down to."
    assert finding.quote == section.voice
    assert finding.quote is not None
    assert finding.voices.row_ids == ("b",)
    assert section.is_news


def test_both_ways(customers: Customers) -> None:
    """Felt beside returned: by the customer, and by our seller where one said so."""
    for number, (felt, ours, sellers) in enumerate(
        [(5, 4, 5), (5, 2, None), (2, 5, 4), (1, 1, None), (4, 4, None), (5, 5, 1)]
    ):
        customers.answer(f"r{number}", felt_respected=felt, respects_us=ours, respects_them=sellers)

    rows = told(customers.section(), "both")

    assert [row[:3] for row in rows] == [
        ("both ways", "3 of 6 (likely 19 to 81 %)", "1 of 3"),
        ("felt, not returned", "1 of 6 (likely 3 to 56 %)", "1 of 3"),
        ("returned, not felt", "1 of 6 (likely 3 to 56 %)", "1 of 3"),
        ("neither way", "1 of 6 (likely 3 to 56 %)", "0 of 3"),
        (
            "how much further felt than returned",
            "+0.2 points (6 rated both, likely −1.9 to +2.2)",
            "too few rated both",
        ),
    ]


def test_colleagues_and_pulses_in_both_ways(customers: Customers) -> None:
    """The lower of colleagues; of pulses the latest that asked; who left one open is said."""
    customers.answer("a1", felt_respected=5, respects_us=5, voter="a")
    customers.answer("a2", felt_respected=1, respects_us=5, voter="a")
    pulse: dict[str, Any] = {"kind": "pulse", "voter": "acc"}
    customers.answer("p1", at=LONG_AGO, felt_respected=1, respects_us=1, **pulse)
    customers.answer("p2", felt_respected=5, respects_us=5, **pulse)
    customers.answer("p3", at=THIS_WEEK, felt_respected=1, **pulse)
    customers.answer("o", felt_respected=5, shown=("respects_us",))

    rows = told(customers.section(), "both")

    assert [row[1] for row in rows[:5]] == ["1 of 3", "0 of 3", "1 of 3", "0 of 3", "1 of 3"]
    assert rows[4][0] == "left one of the two open"


def test_the_latest_pulse_that_asked(customers: Customers) -> None:
    """Who was misled once and not since is not counted as misled; colleagues warn."""
    pulse: dict[str, Any] = {"kind": "pulse", "voter": "acc", "is_condescended": False}
    customers.answer("p1", at=LONG_AGO, is_misled=True, **pulse)
    customers.answer("p2", is_misled=False, **pulse)
    customers.answer("p3", at=THIS_WEEK, felt_respected=4, kind="pulse", voter="acc")
    customers.answer("a1", is_misled=True, voter="a", shown=HARMS)
    customers.answer("a2", is_misled=False, voter="a", shown=HARMS)

    rows = told(customers.section(), "harms")

    assert [row[1] for row in rows] == ["0 of 2", "1 of 2"]


def test_no_seller_has_said(customers: Customers) -> None:
    """Without sellers' forms their column says so."""
    customers.answer("a", felt_respected=5, respects_us=5)

    assert {row[2] for row in told(customers.section(), "both")} == {"nobody says"}


def test_nuisance(customers: Customers) -> None:
    """The topics by how often, never last, and who left it open."""
    for key, topic in [("a", "safety"), ("b", "discount"), ("c", "discount"), ("d", "never")]:
        customers.answer(key, nuisance_over=topic)
    customers.answer("e", shown=("nuisance_over",))

    section = customers.section()

    assert [row[0] for row in told(section, "nuisance")] == [
        "asking for a better price",
        "asking about safety",
        "never",
    ]
    assert told(section, "nuisance")[0][1] == "2 of 5 (likely 12 to 77 %)"
    assert panel(section, "nuisance").note == "One left it open."


def test_miles_by_how_many_asked(customers: Customers) -> None:
    """Families that several named are ranked; one customer counts once in each."""
    mile = "A phone number that somebody answers."
    customers.answer(
        "a",
        words={"mile_1": mile, "mile_2": "Answer at night as well."},
        mile_parents=["service", "service", None],
        felt_respected=3,
    )
    customers.answer(
        "b", words={"mile_1": "Pick up the phone."}, mile_parents=["service", None, None]
    )
    customers.answer(
        "c",
        words={"mile_1": "A sheet in four languages."},
        mile_parents=[None, None, None],
        shown=("misled",),
    )
    customers.act("A1", "support", kind="mile", is_done=True)
    customers.act("A2", "failure_response", kind="mile")
    customers.act("A3", "support", kind="miss")
    customers.act("A4", "onboarding", kind="mile")

    section = customers.section()

    # Of two of them neither speaks beside the count without a name.
    ((label, figure, followed),) = told(section, "miles")
    assert (label, figure) == ("service", "2 of 3")
    assert followed == "two actions, one done"
    assert [row[-1] for row in told(section, "miles_alone")] == ["A sheet in four languages."]
    assert "Asked for an extra mile, 2 of the 3 who named any spoke of service." in section.lines


def test_exchange_keeps_both_sides_together(customers: Customers) -> None:
    """What one customer gave stands beside what the same one got."""
    customers.answer(
        "a", words={"gave_words": "Our best dispatcher.", "got_words": "Slides and more slides."}
    )
    customers.answer("b", words={"gave_words": "Money on time."})

    section = customers.section()

    assert told(section, "gave") == [("", "Our best dispatcher.")]
    assert told(section, "got") == [("", "Slides and more slides.")]
    assert panel(section, "gave").note == "One customer named both sides, one one side alone."


@pytest.mark.parametrize(
    ("cost", "said"), [(30_000.0, " Winning as many anew costs $60k."), (None, "")]
)
def test_cheaper_to_keep(customers: Customers, cost: float | None, said: str) -> None:
    """Cancellations for reasons of their own are not ours to mend; amounts are totals alone."""
    customers.answer("a", felt_respected=3)
    execute = customers.connection.execute
    execute("update seeds.settings set acquisition_cost_usd = ?", [cost])
    for key, reason, amount in [
        ("a", "support", 40_000),
        ("b", "price_level", 20_000),
        ("c", "involuntary", 90_000),
        ("d", None, 70_000),
    ]:
        when = "timestamptz '2026-08-03 09:00+00'"
        execute(
            "insert into marts.drivers (vote_key, response_id, decision_kind, reason, is_primary,"
            " is_theirs, closes_on, submitted_at, fetched_at) values (?, ?, 'cancelled', ?, ?, ?,"
            f" date '2026-08-03', {when}, {when})",
            [key, key, reason, reason is not None, reason is not None],
        )
        execute("insert into marts.coverage (vote_key, amount_usd) values (?, ?)", [key, amount])

    assert customers.section().lines[-1] == (
        "Of four cancellations heard over 13 weeks, two had a reason we could have answered: "
        f"worth $60k.{said}"
    )
