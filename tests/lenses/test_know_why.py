"""Right, partly, wrong, silent, unstated: what stands beside whose words, and what never does."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl
import pytest

from winloss.lenses import know_why
from winloss.lenses.know_why import card, rates
from winloss.quotes import Names, Voices
from winloss.reporting import KnowWhy, Panel
from winloss.warehouse import Reader

AS_OF = datetime(2026, 10, 5, 4, tzinfo=UTC)
SAID = datetime(2026, 9, 2, 9, tzinfo=UTC)
PERIOD = {
    "from": date(2026, 7, 6),
    "to": date(2026, 10, 4),
    "week_from": date(2026, 9, 28),
    "week_to": date(2026, 10, 4),
    "as_of": AS_OF,
    "team": None,
    "zone": "UTC",
}
READS = {
    "verdicts": "know_why",
    **{
        name: f"know_why_{name}"
        for name in ("card", "confusion", "believed", "calls", "moments", "goals", "about")
    },
}
Judge = Callable[..., KnowWhy]


class Words:
    """What customers wrote, and what of it may be printed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def write(
        self, response_id: str, text: str, may_quote: str = "unnamed", ref: str = "what_happened"
    ) -> None:
        """One answer in words, to an open question of a lost deal."""
        about = {
            "response_key": f"form/{response_id}",
            "form_id": "form",
            "response_id": response_id,
            "form_kind": "lost_deal",
            "account_id": f"account-{response_id}",
            "respondent": f"person-{response_id}",
            "may_see": may_quote == "named",
            "may_quote": may_quote,
            "submitted_at": SAID,
            "fetched_at": SAID,
        }
        put(self.connection, "marts.responses", **about, call_me=False)
        put(
            self.connection,
            "marts.verbatims",
            **about,
            verbatim_key=f"{response_id}-{ref}",
            question_ref=ref,
            text=text,
        )
        put(
            self.connection,
            "staging.respondents",
            respondent=f"person-{response_id}",
            respondent_name="Ada Quill",
        )

    def voices(self) -> Voices:
        """The voices of an edition in which nobody has spoken yet."""
        reader = Reader(self.connection)
        return Voices(
            reader.report("voices", **PERIOD),
            reader.report("voices_codes", **PERIOD),
            Names.of(people=[], companies=[]),
        )


def put(connection: duckdb.DuckDBPyConnection, relation: str, **row: Any) -> None:
    """One row more; what is not named is null."""
    marks = ", ".join("?" * len(row))
    connection.execute(
        f"insert into {relation} ({', '.join(row)}) values ({marks})", list(row.values())
    )


@pytest.fixture
def words(connection: duckdb.DuckDBPyConnection) -> Words:
    """Nothing written yet."""
    return Words(connection)


@pytest.fixture
def judge(connection: duckdb.DuckDBPyConnection, words: Words) -> Judge:
    """The section of given counts, each a list of rows; what is not given is as of nobody heard."""

    def section(*, has_logged: bool = True, **given: list[dict[str, Any]]) -> KnowWhy:
        empty = {name: Reader(connection).report(query, **PERIOD) for name, query in READS.items()}
        frames = {
            name: pl.DataFrame(given[name], schema=frame.schema) if name in given else frame
            for name, frame in empty.items()
        }
        counts = know_why.Counts(**frames)
        return know_why.section(counts, words.voices(), weeks=13, has_logged=has_logged)

    return section


def panel(section: KnowWhy, name: str) -> Panel | None:
    """The panel of that name; None where there is none."""
    return next((each for each in section.panels if each.name == name), None)


def told(section: KnowWhy, name: str) -> list[tuple[str, ...]]:
    """Its rows as printed."""
    found = panel(section, name)
    assert found is not None
    return [(row.label, *(cell.said for cell in row.cells)) for row in found.rows]


def defection(kind: str, state: str, **said: Any) -> dict[str, Any]:
    """One row of the card; what they said is absent where it may not be seen."""
    return {
        "decision_kind": kind,
        "ask_state": state,
        "may_see": False,
        "is_disputed": False,
        "response_ids": [],
        **said,
    }


CARD = [
    defection(
        "lost",
        "answered",
        may_see=True,
        seller_label="price",
        label="help to start",
        verdict="wrong",
        written_labels=["help to start"],
        chosen_labels=["price"],
        decisive_labels=["help to start", "support"],
        named_ids=["a"],
        response_ids=["a"],
    ),
    defection("lost", "closed_silent", seller_label="timing"),
    defection("cancelled", "answered", response_ids=["b"]),
    defection("cancelled", "answered", may_see=True, label="support"),
    defection("cancelled", "answered", may_see=True, seller_label="price"),
]


def test_the_card(judge: Judge) -> None:
    """Every row says what we said, and what became of asking."""
    section = judge(card=CARD)

    assert [(row.who, row.ours, row.theirs, row.note) for row in section.card] == [
        ("chose a competitor", "price", "help to start", "wrong"),
        ("chose a competitor", "timing", "", "nobody heard them"),
        ("cancelled", "nothing", "", "heard, in confidence"),
        ("cancelled", "nothing", "support", "we had said nothing"),
        ("cancelled", "price", "", "heard, no reason we can name"),
    ]


def test_what_they_wrote_ticked_and_would_have_needed(judge: Judge, words: Words) -> None:
    """Beside our reason of one decision stand their reasons, and their words under their name."""
    words.write("a", "We would have been on our own.", "named")

    row = judge(card=CARD).card[0]

    assert (row.written, row.chosen) == ("help to start", "price")
    assert row.decisive == "help to start and support"
    assert row.quote is not None
    assert (row.quote.text, row.quote.attribution) == (
        "We would have been on our own.",
        "Ada Quill",
    )


def test_unnamed_words_are_not_on_the_card(judge: Judge, words: Words) -> None:
    """What one decision's seller logged never stands beside a quote without a name."""
    words.write("a", "We would have been on our own.")
    unnamed = [{**CARD[0], "named_ids": None}]

    section = judge(card=unnamed)

    assert section.card[0].quote is None
    assert section.quotes == ()


def test_people_of_one_decision_disagree(judge: Judge) -> None:
    """Where two of them give different main reasons, the card says so."""
    section = judge(card=[{**CARD[0], "is_disputed": True, "verdict": "partly"}])

    assert section.card[0].note == f"partly right; {card.DISAGREE}"


def test_silence_is_not_in_the_rate(judge: Judge) -> None:
    """Right is out of those we can compare; silence is out of all."""
    section = judge(
        verdicts=[
            {"verdict": "right", "decision_count": 2, "response_ids": ["a", "b"]},
            {"verdict": "wrong", "decision_count": 1, "response_ids": ["c"]},
            {"verdict": "silent", "decision_count": 7, "response_ids": []},
        ],
    )

    assert [(figure.count, figure.total) for figure in section.rates] == [(2, 3), (0, 3), (1, 3)]
    assert (section.others[0].count, section.others[0].total) == (7, 10)
    assert section.line == "Over 13 weeks: right on 2 of 3, partly right on 0, wrong on 1."
    assert section.lines == (rates.YARDSTICK,)


def test_nothing_to_compare(judge: Judge) -> None:
    """Without a pair no rate is printed: who is silent is said elsewhere."""
    section = judge(verdicts=[{"verdict": "silent", "decision_count": 7, "response_ids": []}])

    assert (section.line, section.lines, section.panels) == ("", (), ())


def test_a_programme_without_sellers_reasons(judge: Judge) -> None:
    """It is said once, and no line of zeros is printed."""
    section = judge(has_logged=False)

    assert section.caveats == (know_why.NO_REASONS, know_why.NO_CARD)
    assert (section.line, section.believed) == ("", "")


def test_chance_is_said_from_fifteen_on(judge: Judge) -> None:
    """Of 20 pairs, 14 the same where chance alone gives 10: kappa 0.4, worked by hand."""
    verdicts = [{"verdict": "right", "decision_count": 20, "response_ids": []}]

    section = judge(verdicts=verdicts, confusion=confusion(7, 3, 3, 7))
    thin = judge(verdicts=verdicts, confusion=confusion(3, 1, 1, 3))

    assert section.lines[0] == (
        "Where all who answered agree, we named their main reason 14 times in 20; the same guesses "
        "dealt out at random would about ten times (Cohen's kappa 0.40: 0 is chance, 1 is always)."
    )
    assert thin.lines == (rates.YARDSTICK,)


def confusion(*counts: int) -> list[dict[str, Any]]:
    """Price and support against price and support, row by row."""
    names = ("price", "support")
    pairs = [(ours, theirs) for ours in names for theirs in names]
    return [
        {
            "seller_reason": ours,
            "reason": theirs,
            "seller_label": ours,
            "label": theirs,
            "decision_count": count,
            "agreed_count": count,
            "response_ids": [f"{ours}-{theirs}-{number}" for number in range(count)],
        }
        for (ours, theirs), count in zip(pairs, counts, strict=True)
    ]


def call(reason: str, ours: int, theirs: int, both: int, of: int = 34) -> dict[str, Any]:
    """How often each side named a reason, with a response a decision."""
    over = [f"{reason}-over-{number}" for number in range(ours - both)]
    under = [f"{reason}-under-{number}" for number in range(theirs - both)]
    return {
        "reason": reason,
        "label": reason,
        "ours_count": ours,
        "theirs_count": theirs,
        "both_count": both,
        "compared_count": of,
        "ours_ids": over,
        "theirs_ids": under,
        "over_ids": over,
        "under_ids": under,
    }


def test_over_and_under_called(judge: Judge) -> None:
    """Twelve against one of thirteen is more than chance; a difference of two of two is not."""
    section = judge(calls=[call("price", 14, 3, 2), call("support", 0, 2, 0), call("x", 1, 1, 0)])

    assert told(section, "calls") == [
        ("price", "14 of 34", "3 of 34", "11 too often, more than chance"),
        ("support", "0 of 34", "2 of 34", "2 too seldom"),
    ]
    found = panel(section, "calls")
    assert found is not None
    assert "Of 3 comparisons, 1 stands once all 3 are allowed for." in found.note


def test_a_group_speaks_twice_at_most(judge: Judge, words: Words) -> None:
    """Beside a reason we over-call stand up to two of those who meant another."""
    for number in range(4):
        words.write(f"price-over-{number}", f"It was never about money, {number} times over.")

    section = judge(calls=[call("price", 17, 6, 5)])

    found = panel(section, "calls")
    assert found is not None
    assert [row.label for row in found.rows] == ["price", "another of them"]
    assert len({quote.response_id for quote in found.quotes}) == 2


def test_a_handful_speaks_by_name_alone(judge: Judge, words: Words) -> None:
    """Of fewer than five decisions an unnamed quote would tell whose reason we had logged."""
    words.write("timing-over-0", "Nobody asked us about the season.")
    words.write("timing-over-1", "Your timing was not our timing.", "named")

    section = judge(calls=[call("timing", 4, 0, 0)])

    found = panel(section, "calls")
    assert found is not None
    assert [quote.response_id for quote in found.quotes] == ["timing-over-1"]


def test_a_handful_hides_between_two_large_counts(judge: Judge, words: Words) -> None:
    """Twelve of ours and ten of theirs, alike in ten: the other two do not speak unnamed."""
    words.write("price-over-0", "It was never about money.")

    section = judge(calls=[call("price", 12, 10, 10)])

    assert section.quotes == ()
    assert section == section.guarded()


def test_who_is_on_the_card_is_quoted_nowhere_else(judge: Judge, words: Words) -> None:
    """The card shows that decision alone, and a quote below would tell whose it is."""
    words.write("price-over-0", "We asked for help and got a price list.")

    is_free = judge(calls=[call("price", 17, 6, 5)])
    on_card = judge(
        calls=[call("price", 17, 6, 5)], card=[{**CARD[2], "response_ids": ["price-over-0"]}]
    )

    assert len(is_free.quotes) == 1
    assert on_card.quotes == ()


def test_rare_pairs_are_counted(judge: Judge) -> None:
    """Pairs seen once stand in one line, and not one decision each."""
    section = judge(confusion=confusion(3, 1, 1, 2))

    assert told(section, "confusion") == [
        ("price", "price", "3"),
        ("support", "support", "2"),
        ("two more pairs", "", "1 each"),
    ]


def test_logged_after_the_answer_stands_apart(judge: Judge) -> None:
    """When all was logged beforehand there is nothing to say; otherwise each moment is."""
    before = {"moment": "before", "decision_count": 12, "response_ids": []}
    after = {"moment": "after", "decision_count": 2, "response_ids": []}

    assert panel(judge(moments=[before]), "moments") is None
    assert told(judge(moments=[before, after]), "moments") == [
        (rates.MOMENTS["before"], "12 of 14 (likely 60 to 96 %)"),
        (rates.MOMENTS["after"], "2 of 14 (likely 4 to 40 %)"),
    ]


GOALS = {
    "asked_count": 20,
    "goal_count": 9,
    "form_count": 4,
    "known_count": 3,
    "pitched_count": 2,
    "shared_count": 1,
    "goal_ids": ["g1", "g2", "g3", "g4", "g5"],
}


def test_goals_and_pitches_are_counts(judge: Judge, words: Words) -> None:
    """Their goals are quoted; our notes and pitches are counted, each of whoever could have any."""
    words.write("g1", "Stop the queue reaching the roundabout.", ref="goal")
    words.write("g2", "I wanted my Saturdays back.", "counted", ref="goal")

    section = judge(goals=[GOALS])

    assert [count for _, count in told(section, "goals")] == [
        "45 % (9 of 20, likely 26 to 66 %)",
        "4 of 9 (likely 19 to 73 %)",
        "3 of 4",
        "2 of 4",
        "1 of 3",
    ]
    found = panel(section, "wanted")
    assert found is not None
    assert [quote.text for quote in found.quotes] == ["Stop the queue reaching the roundabout."]


def test_nobody_told_their_goal(judge: Judge) -> None:
    """Without a goal of theirs nothing of ours is counted."""
    nothing = {**GOALS, **dict.fromkeys((key for key in GOALS if key != "asked_count"), 0)}

    section = judge(goals=[{**nothing, "goal_ids": []}])

    assert told(section, "goals") == [
        ("told us what they wanted", "0 % (0 of 20, likely 0 to 16 %)")
    ]


def about(kind: str, count: int, *, is_window: bool, shown: int = 0) -> dict[str, Any]:
    """Whom our conversations were about, all of them about us."""
    return {
        "is_window": is_window,
        "decision_kind": kind,
        "shown_count": shown or count,
        "answered_count": count,
        "about_us_count": count,
        "about_them_count": 0,
        "mean": 1.5,
    }


def test_thin_blocks_count_from_the_beginning(judge: Judge) -> None:
    """Below fifteen in the window all there ever was is shown, and that is said."""
    ever = [about("won", 6, is_window=False, shown=8), about("lost", 4, is_window=False)]

    thin = judge(about=[about("lost", 2, is_window=True), *ever])
    full = judge(about=[about("lost", 15, is_window=True), *ever])

    assert told(thin, "about") == [
        (
            "chose us",
            "6 of 6 (likely 61 to 100 %)",
            "0 of 6 (likely 0 to 39 %)",
            "1.5; 2 left it open",
        ),
        ("chose someone else or nobody", "4 of 4", "0 of 4", "too few to say"),
    ]
    found = panel(thin, "about")
    assert found is not None
    assert "since the beginning" in found.note
    assert [row[0] for row in told(full, "about")] == ["chose someone else or nobody"]


def test_what_we_believe_unheard(judge: Judge) -> None:
    """Exits for which we logged nothing are no belief."""
    section = judge(
        believed=[
            {"seller_reason": "p", "seller_label": "price", "decision_count": 3},
            {"seller_reason": "t", "seller_label": "timing", "decision_count": 1},
            {"decision_count": 2},
        ]
    )

    assert section.believed == (
        "We logged price for three and timing for one; no customer has confirmed it."
    )
