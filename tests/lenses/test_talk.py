"""How we talk: customers and staff side by side, and nobody counted out of a small group."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl
import pytest

from winloss.lenses import talk
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
BEFORE = datetime(2026, 5, 4, 9, tzinfo=UTC)
THIS_WEEK = datetime(2026, 9, 30, 9, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 12, 9, tzinfo=UTC)
LAST_QUARTER = date(2026, 9, 30)
THIS_QUARTER = date(2026, 12, 31)
SCALES = ("talk_customers", "talk_value", "talk_team")


@dataclass
class Company:
    """Customers, staff, notes and sellers, in a real warehouse."""

    connection: duckdb.DuckDBPyConnection
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def customer(
        self,
        key: str,
        *ratings: int | None,
        at: datetime = IN_WINDOW,
        voter: str = "",
        words: str = "",
        **facts: Any,
    ) -> None:
        """One customer who was shown the block, and rated the areas in their order."""
        response = {"response_key": f"form/{key}", "response_id": key, "form_id": "form"}
        rated = dict(zip(SCALES, ratings, strict=False))
        self._add("talk", response_key=f"form/{key}", shown_refs=[*SCALES, "talk_words"], **rated)
        self._add(
            "heard",
            **response,
            **_when(at),
            **{"form_kind": "lost_deal", **facts},
            counted_on=at.date(),
            voter_key=voter or key,
        )
        if words:
            self._words(response, words, "lost_deal", at)

    def staff(
        self,
        team: str,
        count: int,
        *ratings: int | None,
        counted_on: date = LAST_QUARTER,
        words: str = "",
    ) -> None:
        """So many staff of a team, who all rate alike."""
        for number in range(count):
            key = f"{team}{number}-{counted_on}-{ratings}"
            response = {"response_key": f"staff/{key}", "response_id": key, "form_id": "staff"}
            rated = dict(zip(SCALES, ratings, strict=False))
            self._add(
                "staff_talk",
                response_key=response["response_key"],
                team=team,
                counted_on=counted_on,
                **rated,
            )
            self._add("responses", **response, **_when(IN_WINDOW), form_kind="staff", call_me=False)
            if words:
                self._words(response, words, "staff", IN_WINDOW)

    def _words(self, response: dict[str, str], text: str, kind: str, at: datetime) -> None:
        self._add(
            "verbatims",
            **response,
            **_when(at),
            verbatim_key=response["response_key"],
            form_kind=kind,
            question_ref="talk_words",
            text=text,
            may_quote="unnamed",
        )
        if kind != "staff":
            self._add("responses", **response, **_when(at), form_kind=kind, call_me=False)

    def note(
        self, number: int, team: str, seller: str, *terms: str, at: datetime = IN_WINDOW
    ) -> None:
        """A note of a seller's, with the phrases found in it."""
        decision = f"{team}-{seller}-{number}-{at:%m}"
        told = {"decision_id": decision, "seller_id": seller, "recorded_at": at, "fetched_at": at}
        self._add("decisions", decision_id=decision, vote_key=decision, team=team)
        self._add("seller_reasons", **told, seller_text="As it was written.")
        for term in terms:
            self._add("note_flags", **told, team=team, term=term)

    def believe(
        self, decision: str, conviction: int, rung: str, at: datetime = BEFORE, **late: datetime
    ) -> None:
        """What a seller believed of a decision, and where its customer then stands."""
        self._add(
            "responses",
            response_key=f"seller/{decision}",
            response_id=decision,
            form_kind="seller",
            call_me=False,
            **{**_when(at), **late},
        )
        self._add(
            "answers",
            response_key=f"seller/{decision}",
            form_kind="seller",
            decision_id=decision,
            question_ref="conviction",
            number_value=conviction,
            submitted_at=at,
        )
        key = f"form/on-{decision}"
        self._add("ladder", response_key=key, ladder_rung=rung, shown_refs=["ladder_rung"])
        self._add(
            "heard",
            response_key=key,
            response_id=f"on-{decision}",
            decision_id=decision,
            vote_key=decision,
            voter_key=decision,
            form_kind="lost_deal",
            counted_on=IN_WINDOW.date(),
            **_when(IN_WINDOW),
        )

    def _add(self, mart: str, **row: Any) -> None:
        self.rows.setdefault(mart, []).append(row)

    def section(self, **period: Any) -> Section:
        """The lens on the counts of its own queries, with the voices an edition would have."""
        for mart, rows in self.rows.items():
            columns = set(self.connection.table(f"marts.{mart}").columns)
            assert all(row.keys() <= columns for row in rows), mart
            frame = pl.from_dicts(rows, infer_schema_length=None)
            self.connection.register("given", frame.to_arrow())
            self.connection.execute(f"insert into marts.{mart} by name from given")
            self.connection.unregister("given")
        self.rows.clear()
        reader, values = Reader(self.connection), {**PERIOD, **period}
        counts = {query: reader.report(query, **values) for query in talk.READS}
        words, codes = (reader.report(query, **values) for query in ("voices", "voices_codes"))
        return talk.section(counts, Voices(words, codes, Names.of()), 13)


def _when(at: datetime) -> dict[str, datetime]:
    return {"submitted_at": at, "fetched_at": at}


@pytest.fixture
def company(connection: duckdb.DuckDBPyConnection) -> Company:
    """Nobody yet."""
    return Company(connection)


def panel(section: Section, name: str) -> Panel:
    return next(each for each in section.panels if each.name == name)


def names(section: Section) -> set[str]:
    return {each.name for each in section.panels}


def cells(section: Section, name: str) -> list[tuple[str, ...]]:
    return [tuple(cell.said for cell in row.cells) for row in panel(section, name).rows]


def test_nobody_asked(company: Company) -> None:
    """An empty programme gets one honest line and no table."""
    section = company.section()

    assert section.lines == ("Nobody has been asked yet how our people talk.",)
    assert (section.panels, section.findings, section.caveats) == ((), (), ())
    assert not section.is_news


def test_asked_and_unanswered(company: Company) -> None:
    """Who was shown the scales and left them empty has heard neither good nor bad."""
    company.customer("a")
    company.customer("b")

    section = company.section()

    assert section.lines == ("Asked of 2; nobody has answered.",)
    assert section.panels == ()


def test_customers_who_heard_us(company: Company) -> None:
    """Two colleagues are one vote, the lower rating counts; what was left open is said."""
    company.customer("a", 5, 3, 3, voter="d1")
    company.customer("b", 2, 3, None, voter="d1")
    company.customer("c", 4, None, 3)
    company.customer("d", None, 5, 3)

    section = company.section()

    assert cells(section, "outside")[0] == ("1 of 3", "1 of 3", "1")
    assert cells(section, "outside")[1] == ("1 of 3", "0 of 3", "1")
    assert section.lines[0] == (
        "Since the beginning, customers heard us stand up for customers: 1 of 3; run them down: "
        "1 of 3; 1 left it open."
    )
    assert section.caveats == (talk.FEW,)


def test_enough_answers_stay_in_the_window(company: Company) -> None:
    """From 15 on the window speaks for itself."""
    for number in range(15):
        company.customer(f"now{number}", 4, 4, 4)
    company.customer("then", 1, 1, 1, at=LONG_AGO)

    section = company.section()

    assert section.caveats == ()
    assert cells(section, "outside")[0][1].startswith("0 % (0 of 15")


def test_a_pulse_later_replaced(company: Company) -> None:
    """Of two pulses that held the block the later counts; one without it replaces nothing."""
    pulse: dict[str, Any] = {"form_kind": "pulse", "voter": "acc"}
    company.customer("first", 1, 3, 3, at=LONG_AGO, **pulse)
    company.customer("second", 5, 3, 3, at=BEFORE, **pulse)

    section = company.section()

    assert cells(section, "outside")[0] == ("1 of 1", "0 of 1", "")


def test_words_stand_by_the_area_that_stood_out(company: Company) -> None:
    """Who was struck by how we speak of one another is not quoted on customers."""
    for place in range(5):
        said = "Two of your teams blamed each other at our gate."
        company.customer(f"a{place}", 3, 3, 1, words=said)
    company.customer("b", 5, 3, 3, words="She took the side of a haulier who was not there.")

    section = company.section()

    of_customers, _, of_one_another = panel(section, "outside").rows
    assert section.voice is not None
    assert section.voice.response_id == "b"
    assert of_customers.quote is None
    assert of_one_another.quote is not None
    assert of_one_another.quote.text == "Two of your teams blamed each other at our gate."


def test_the_week_speaks(company: Company) -> None:
    """The finding is what the week's customers heard, the worse first."""
    company.customer("a", 5, 3, 3, at=THIS_WEEK, words="He spoke well of the yard next door.")
    company.customer("b", 1, 3, 3, at=THIS_WEEK, words="They laughed about another warehouse.")

    section = company.section()

    (finding,) = section.findings
    assert finding.quote is not None
    assert finding.quote.response_id == "b"
    assert (finding.who, finding.claim) == (
        "1 of the 2",
        "asked this week how our people talk heard us run customers down.",
    )
    assert section.is_news


def test_four_staff_are_not_shown(company: Company) -> None:
    """Below five answers neither figure nor word of staff is printed."""
    company.staff("North", 4, 1, 1, 1, words="We call them names when the call is over.")

    section = company.section()

    assert names(section) == set()
    assert section.quotes == ()
    assert "Inside" not in " ".join(section.lines)


def test_five_staff_are(company: Company) -> None:
    """From five on they are, with the words of those who allow it, and no row ids."""
    company.staff("North", 5, 1, None, 3, words="We call them names when the call is over.")
    company.customer("a", 5, 3, 3)

    section = company.section()

    (row,) = [each for each in panel(section, "inside").rows if each.label == "of customers"]
    assert [cell.said for cell in row.cells] == [
        "0 of 5 (likely 0 to 43 %)",
        "5 of 5 (likely 57 to 100 %)",
        "No gap we can call.",
    ]
    assert row.quote is not None
    assert row.quote.text == "We call them names when the call is over."
    assert not row.quote.is_named
    assert "of what we do" not in [each.label for each in panel(section, "inside").rows]
    figures = [cell.figure for each in panel(section, "inside").rows for cell in each.cells]
    assert {figure.row_ids for figure in figures if figure} == {()}


def test_a_small_team_hides_another(company: Company) -> None:
    """A team of four hides the next smallest with it: subtraction would tell it otherwise."""
    company.staff("North", 7, 4, 4, 4)
    company.staff("South", 6, 4, 4, 4)
    company.staff("Ports", 4, 1, 1, 1)

    section = company.section()

    assert [row.label for row in panel(section, "teams").rows] == ["North"]
    assert panel(section, "teams").note.endswith("subtraction would tell: Ports and South.")
    assert cells(section, "inside")[0][0].startswith("76 % (13 of 17")


def test_an_area_left_open_can_hide_a_team(company: Company) -> None:
    """The floor is about answers: five people of whom four rated an area are too few."""
    company.staff("North", 9, 4, 4, 4)
    company.staff("South", 8, 4, 4, 4)
    company.staff("Ports", 4, 4, 4, 4)
    company.staff("Ports", 1, 4, 4, None)

    section = company.section()

    assert [row.label for row in panel(section, "teams").rows] == ["North"]


def test_a_hidden_teams_own_edition(company: Company) -> None:
    """A team that is hidden is hidden from itself; a shown one reads no words of staff."""
    company.staff("North", 7, 4, 3, 3, words="We take their side in the Monday call.")
    company.staff("South", 6, 4, 3, 3)
    company.staff("Ports", 4, 1, 3, 3)

    north, south, ports = (company.section(team=name) for name in ("North", "South", "Ports"))

    assert cells(north, "inside")[0][0] == "7 of 7 (likely 65 to 100 %)"
    assert north.quotes == ()
    assert names(south) == names(ports) == set()


def test_a_quarter_counts_once_it_is_over(company: Company) -> None:
    """From one week to the next nobody can subtract one answer from the figures."""
    company.staff("North", 6, 4, 4, 4)
    company.staff("North", 1, 1, 1, 1, counted_on=THIS_QUARTER)

    section = company.section()

    assert cells(section, "inside")[0][0] == "6 of 6 (likely 61 to 100 %)"


def test_a_gap_is_called_beyond_chance_only(company: Company) -> None:
    """Twelve against twelve is a gap; one against one is none."""
    company.staff("North", 12, 5, 3, 3)
    for number in range(12):
        company.customer(f"c{number}", 1, 3, 3)

    section = company.section()

    said = [row[2] for row in cells(section, "inside")]
    assert said == [
        "We think better of it than they do.",
        "No gap we can call.",
        talk.inside.NO_GAP,
    ]


def test_notes_of_all_and_of_teams(company: Company) -> None:
    """Phrases per 100 notes; a team of four notes hides itself and another."""
    for team, count in (("North", 8), ("South", 6), ("Ports", 4)):
        for number in range(count):
            company.note(number, team, f"{team}{number % 3}", *(["cheap"] if number == 0 else []))
    company.note(9, "North", "North1", "cheap", "tyre kicker")

    section = company.section()

    assert section.lines[-1] == (
        "Our 19 notes of 13 weeks hold five phrases that run customers down (26.3 per 100). "
        "No change we can call."
    )
    assert [row.label for row in panel(section, "notes").rows] == [
        "all our notes",
        "North",
        "“cheap”",
        "“tyre kicker”",
    ]
    assert cells(section, "notes")[0][1] == "5"
    assert cells(section, "notes")[0][0].startswith("21 % (4 of 19")
    printed = repr(section)
    assert not [seller for seller in ("North0", "South0", "Ports0") if seller in printed]


def test_a_team_of_one_seller_is_that_seller(company: Company) -> None:
    """Notes enough, but of too few people: the team is hidden, and one more with it."""
    for number in range(9):
        company.note(number, "North", f"n{number % 4}")
        company.note(number, "South", f"s{number % 3}")
        company.note(number, "Ports", "p0", "pain")

    section = company.section()

    assert [row.label for row in panel(section, "notes").rows] == [
        "all our notes",
        "North",
        "“pain”",
    ]
    assert "notes" not in names(company.section(team="Ports"))


def test_few_notes_have_no_rate(company: Company) -> None:
    """Below 15 notes the phrases are counted, not set against a hundred."""
    for number in range(6):
        company.note(number, "North", f"n{number}", *(["cheap"] if number == 0 else []))

    section = company.section()

    assert section.lines[-1] == (
        "Our six notes of 13 weeks hold one phrase that runs customers down. No change we can call."
    )


def test_conviction_beside_the_rung(company: Company) -> None:
    """Counts of decisions; a conviction of fewer than five takes another with it."""
    for number in range(7):
        company.believe(f"h{number}", 5, "disappoint" if number < 4 else "defend")
        company.believe(f"m{number}", 3, "deliver")
        company.believe(f"k{number}", 3, "delight")
    for number in range(3):
        company.believe(f"l{number}", 1, "disappoint")

    section = company.section()

    (row,) = panel(section, "conviction").rows
    assert row.label == "neither sure nor not"
    assert [cell.said for cell in row.cells] == ["0 of 14", "7 of 14", "7 of 14"]
    assert "sure that we would defend" not in " ".join(section.lines)


def test_sure_of_us(company: Company) -> None:
    """Where enough sellers were sure, it is said how many of their customers we let down."""
    for number in range(6):
        company.believe(f"h{number}", 4, "disappoint" if number < 2 else "defend")

    section = company.section()

    assert section.lines[-1] == (
        "Of 6 customers whose seller was sure that we would defend them, 2 say we let them down."
    )


def test_a_seller_who_spoke_after_the_customer(company: Company) -> None:
    """What a seller believed counts only if said before the customer did, and known by then."""
    for number in range(6):
        company.believe(f"h{number}", 4, "disappoint")
    company.believe("after", 4, "defend", at=THIS_WEEK)
    company.believe("late", 4, "defend", fetched_at=datetime(2026, 10, 6, tzinfo=UTC))

    (row,) = panel(company.section(), "conviction").rows

    assert [cell.said for cell in row.cells] == ["6 of 6", "0 of 6", "0 of 6"]
