"""The ladder: one decision one vote, empty rungs empty, and a block not shown is never a no."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl
import pytest

from winloss.lenses import ladder
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
IN_WINDOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
THIS_WEEK = datetime(2026, 9, 30, 9, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 12, 9, tzinfo=UTC)
BLOCK = ["defend_premium", "defended_what", "ladder_rung", "put_us_first", "put_you_first"]


@dataclass
class Customers:
    """Customers on the ladder, in a real warehouse."""

    connection: duckdb.DuckDBPyConnection
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def answer(
        self,
        key: str,
        rung: str | None = None,
        *,
        at: datetime = IN_WINDOW,
        voter: str = "",
        kind: str = "lost",
        words: dict[str, str] | None = None,
        **facts: Any,
    ) -> None:
        """One response about a decision of a kind, or a pulse; `facts` are columns of the marts."""
        is_pulse = kind == "pulse"
        heard = {name: facts.pop(name) for name in ("team",) if name in facts}
        shown = BLOCK if facts else ["ladder_rung"]
        self._add("ladder", key, ladder_rung=rung, **{"shown_refs": shown, **facts})
        self._add(
            "heard",
            key,
            form_id="form",
            form_kind="pulse" if is_pulse else "lost_deal",
            decision_kind=None if is_pulse else kind,
            is_defection=kind in {"lost", "cancelled"},
            voter_key=voter or key,
            vote_key=None if is_pulse else voter or key,
            counted_on=at.date(),
            **heard,
            **_when(at),
        )
        for ref, text in (words or {}).items():
            self._add(
                "verbatims",
                key,
                form_id="form",
                verbatim_key=f"{key}-{ref}",
                question_ref=ref,
                text=text,
                may_quote="unnamed",
                **_when(at),
            )

    def named_price(self, voter: str, *, is_logged: bool = False) -> None:
        """The customer of a decision named price; we had logged it too, or not."""
        decision = {"vote_key": voter, "decision_id": voter, **_when(LONG_AGO)}
        self._add("drivers", voter, **decision, parent="price", is_theirs=True)
        if is_logged:
            logged = {"parent": "price", "recorded_at": LONG_AGO, "fetched_at": LONG_AGO}
            self.rows.setdefault("seller_reasons", []).append({"vote_key": voter, **logged})

    def _add(self, mart: str, key: str, **row: Any) -> None:
        keys = {"response_key": f"form/{key}"}
        if mart != "ladder":
            keys["response_id"] = key
        self.rows.setdefault(mart, []).append({**keys, **row})

    def section(self, **period: Any) -> Section:
        """The lens on the counts of its own queries."""
        for mart, rows in self.rows.items():
            columns = set(self.connection.table(f"marts.{mart}").columns)
            assert all(row.keys() <= columns for row in rows), mart
            frame = pl.from_dicts(rows, infer_schema_length=None)
            self.connection.register("given", frame.to_arrow())
            self.connection.execute(f"insert into marts.{mart} by name from given")
            self.connection.unregister("given")
        self.rows.clear()
        reader, values = Reader(self.connection), {**PERIOD, **period}
        words = self.connection.sql("from marts.verbatims").pl()
        codes = self.connection.sql("from marts.codes").pl()
        counts = {query: reader.report(query, **values) for query in ladder.READS}
        return ladder.section(counts, Voices(words, codes, Names.of()), 13)


def _when(at: datetime) -> dict[str, datetime]:
    return {"submitted_at": at, "fetched_at": at}


@pytest.fixture
def customers(connection: duckdb.DuckDBPyConnection) -> Customers:
    """Nobody yet."""
    return Customers(connection)


def panel(section: Section, name: str) -> Panel:
    return next(each for each in section.panels if each.name == name)


def cells(section: Section, name: str) -> list[tuple[str, ...]]:
    return [tuple(cell.said for cell in row.cells) for row in panel(section, name).rows]


def test_nobody_asked(customers: Customers) -> None:
    """An empty programme gets one honest line and no table."""
    section = customers.section()

    assert section.lines == ("Nobody has been asked yet.",)
    assert (section.panels, section.findings, section.caveats) == ((), (), ())
    assert not section.is_news


def test_asked_and_unanswered(customers: Customers) -> None:
    """Left empty is not a rung."""
    for key in ("a", "b", "c"):
        customers.answer(key)

    section = customers.section()

    assert section.lines == ("Asked of 3; nobody has answered.",)
    assert section.panels == ()


def test_a_rung_nobody_stands_on_is_shown(customers: Customers) -> None:
    """Four rungs from the top down, the empty ones empty; what was left open is said."""
    customers.answer("a", "defend", kind="won")
    customers.answer("b", "disappoint", kind="cancelled")
    customers.answer("c", "disappoint", kind="pulse")
    customers.answer("d")

    section = customers.section()

    assert cells(section, "rungs") == [
        ("1 of 4", "0 of 1"),
        ("nobody", ""),
        ("nobody", ""),
        ("2 of 4", "1 of 2"),
        ("1 of 4",),
    ]
    assert panel(section, "rungs").rows[-1].label == "Left it open"
    assert panel(section, "rungs").note == (
        "1 of them left us and 2 stay; whom we ask moves these shares."
    )
    assert section.lines[0] == (
        "Over 13 weeks, of those asked, 1 of 4 say that we defended them and 2 of 4 that we "
        "let them down. One left it open."
    )
    assert section.lines[1] == "Of 2 we let down, 1 left us; of 1 we defended, 0."


def test_who_speaks_for_a_rung(customers: Customers) -> None:
    """The moment that shows it; of those let down what we are missing; never why they decided."""
    words = {
        "defend": {"put_you_first": "You stood by our dock."},
        "deliver": {"what_happened": "It was as promised.", "missed": "A second shift."},
        "disappoint": {"what_happened": "The bill doubled.", "missed": "You never call back."},
    }
    for rung, said in words.items():
        has_moment: dict[str, Any] = {"has_put_you_first": True} if rung == "defend" else {}
        for number in range(5):
            key = f"{rung}{number}"
            customers.answer(key, rung, kind="pulse", words=said, **has_moment)

    rows = panel(customers.section(), "rungs").rows

    assert [row.quote and row.quote.text for row in rows] == [
        *("You stood by our dock.", None, None, "You never call back.")
    ]


def test_colleagues_are_one_vote(customers: Customers) -> None:
    """Two people of one decision stand on its lower rung, and their difference is said."""
    customers.answer("a", "delight", voter="d1")
    customers.answer("b", "disappoint", voter="d1")
    customers.answer("c", "delight", voter="d2")

    section = customers.section()

    assert [row[0] for row in cells(section, "rungs")] == ["nobody", "1 of 2", "nobody", "1 of 2"]
    assert "In one decision colleagues differ; the lower rung counts." in (
        panel(section, "rungs").note
    )


def test_a_pulse_later_replaced(customers: Customers) -> None:
    """Of an account's pulses the latest tells the rung; a block it held before still stands."""
    told: dict[str, Any] = {"has_put_us_first": True, "has_put_you_first": False}
    customers.answer("old", "disappoint", kind="pulse", voter="acc", **told)
    customers.answer("new", "delight", kind="pulse", voter="acc", at=THIS_WEEK)

    section = customers.section()

    assert [row[0] for row in cells(section, "rungs")] == ["nobody", "1 of 1", "nobody", "nobody"]
    assert cells(section, "put_us_first")[0] == ("1 of 1",)


def test_a_pulse_after_the_week(customers: Customers) -> None:
    """What an account says after the week does not take back what it said by then."""
    customers.answer("old", "delight", kind="pulse", voter="acc", at=THIS_WEEK)
    customers.answer(
        "new", "disappoint", kind="pulse", voter="acc", at=datetime(2026, 10, 5, 1, tzinfo=UTC)
    )

    section = customers.section()

    assert [row[0] for row in cells(section, "rungs")] == ["nobody", "1 of 1", "nobody", "nobody"]


def test_a_block_not_shown_is_not_a_no(customers: Customers) -> None:
    """Only who was shown the block is in its denominators."""
    customers.answer("a", "deliver", has_put_us_first=True, defended_what="price")
    customers.answer("b", "deliver", has_put_us_first=False)
    for key in "cdefg":
        customers.answer(key, "deliver")

    section = customers.section()

    assert cells(section, "put_us_first")[0] == ("1 of 2",)
    assert cells(section, "defended")[0] == ("1 of 2",)
    assert panel(section, "defended").rows[0].label == "our price"
    assert panel(section, "defended").rows[-1].label == "they left it open"
    assert cells(section, "defended")[-1] == ("1 of 2",)


def test_few_answers_count_since_the_beginning(customers: Customers) -> None:
    """Below 15 in the window a block counts from the start and says so; the rung does not."""
    for number in range(3):
        customers.answer(f"now{number}", "deliver", has_put_us_first=True)
    for number in range(20):
        customers.answer(f"then{number}", "defend", at=LONG_AGO, has_put_us_first=False)

    section = customers.section()

    assert section.caveats == (ladder.FEW,)
    assert panel(section, "put_us_first").rows[0].cells[0].said.startswith("13 % (3 of 23")
    assert cells(section, "rungs")[2][0] == "3 of 3"
    assert "Of 23 asked for a moment since the beginning, none tell of one for them" in " ".join(
        section.lines
    )


def test_enough_answers_stay_in_the_window(customers: Customers) -> None:
    """From 15 on the window speaks for itself."""
    for number in range(15):
        customers.answer(
            f"now{number}",
            "deliver",
            has_put_us_first=number == 0,
            defended_what="you",
            defend_premium="up_to_5",
        )
    customers.answer("then", "defend", at=LONG_AGO, has_put_us_first=True)

    section = customers.section()

    assert section.caveats == ()
    assert panel(section, "put_us_first").rows[0].cells[0].said.startswith("7 % (1 of 15")


def test_price_that_a_defender_could_have_won(customers: Customers) -> None:
    """Of exits that named price: two would pay, one would not, colleagues differ, one was mute."""
    for voter, premium in (("p1", "up_to_10"), ("p2", "more"), ("p3", "nothing"), ("p4", None)):
        customers.answer(voter, defend_premium=premium)
        customers.named_price(voter, is_logged=voter in {"p1", "p4"})
    customers.answer("a", voter="p5", defend_premium="up_to_5")
    customers.answer("b", voter="p5", defend_premium="nothing")
    customers.named_price("p5")
    customers.answer("no price", defend_premium="more")
    customers.answer("won", kind="won", defend_premium="more")
    customers.named_price("won")

    section = customers.section()

    assert section.lines[-1] == (
        "Of five asked who named price since the beginning, two would pay more to be defended; "
        "one left it open. We had logged price for two of them."
    )
    assert cells(section, "premium") == [("2 of 5 (likely 12 to 77 %)",)]
    assert panel(section, "premium").note == "One left it open."


def test_the_week_speaks(customers: Customers) -> None:
    """A finding is of those who answered in the week, with the moment one of them tells of."""
    customers.answer(
        "a",
        "disappoint",
        at=THIS_WEEK,
        has_put_us_first=True,
        words={"put_us_first": "You read us the contract while our lorries waited."},
    )
    customers.answer("b", "deliver", at=THIS_WEEK)
    customers.answer("c", "disappoint", words={"put_us_first": "An older moment altogether."})

    section = customers.section()

    (finding,) = section.findings
    assert finding.quote is not None
    assert finding.quote.text == "You read us the contract while our lorries waited."
    assert section.voice == finding.quote
    assert (finding.voices.count, finding.voices.total) == (1, 2)
    assert finding.who == "1 of the 2"
    assert finding.claim == ("asked this week where we stand said that we let them down.")
    assert (finding.lens, finding.reason) == ("ladder", "disappoint")
    assert section.is_news


def test_a_week_without_a_moment_is_no_news(customers: Customers) -> None:
    """The rung is asked of everybody: alone it is a figure of the window, not a finding."""
    customers.answer("a", "disappoint", at=THIS_WEEK, words={"what_happened": "We never heard."})

    section = customers.section()

    assert section.findings == ()
    assert not section.is_news


def test_no_is_not_quoted_as_a_moment(customers: Customers) -> None:
    """Who answers "none that I can think of" tells of no moment, and is not its voice."""
    customers.answer(
        "a",
        "defend",
        at=THIS_WEEK,
        has_put_you_first=False,
        words={"put_you_first": "none that I can think of"},
    )

    section = customers.section()

    assert section.quotes == ()
    assert section.findings == ()


def test_a_team_hears_its_own(customers: Customers) -> None:
    """Another team's customers are in none of the figures."""
    customers.answer("a", "defend", team="North")
    customers.answer("b", "disappoint", team="South")

    section = customers.section(team="North")

    assert [row[0] for row in cells(section, "rungs")] == ["1 of 1", "nobody", "nobody", "nobody"]


def test_nothing_later_than_as_of(customers: Customers) -> None:
    """A rerun of an old edition does not know what came in since."""
    customers.answer("a", "defend")
    customers.answer("b", "disappoint", at=THIS_WEEK)

    section = customers.section(as_of=datetime(2026, 9, 1, tzinfo=UTC))

    assert [row[0] for row in cells(section, "rungs")] == ["1 of 1", "nobody", "nobody", "nobody"]
