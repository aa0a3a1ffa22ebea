"""What sql/reports counts of loyalty and trust: one voter one vote, periods, blanks, quarrels."""

from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl
import pytest

from winloss.warehouse.reader import Reader

VALUES: dict[str, Any] = {
    "from": date(2026, 7, 6),
    "to": date(2026, 10, 4),
    "week_from": date(2026, 9, 28),
    "week_to": date(2026, 10, 4),
    "as_of": datetime(2026, 10, 5, 4, tzinfo=UTC),
    "team": None,
    "zone": "Europe/Berlin",
}
IN_WINDOW = date(2026, 9, 1)
LONG_AGO = date(2026, 1, 15)


NAMES = (
    *("loyalty", "loyalty_both", "loyalty_matrix", "loyalty_moves", "loyalty_regret"),
    *("loyalty_rivals", "trust", "trust_pairs", "trust_ratings"),
)
CORE = ["satisfaction", "would_move"]
EVERYTHING: dict[str, dict[str, Any]] = {
    "loyalty": {
        "shown": [*CORE, "recommend", "stands_up_for_us", "same_again"],
        "is_satisfied": True,
        "would_move": "no",
        "previous_would_move": "no",
        "same_again": "no",
    },
    "trust": {"tested_passed": "no", "ability": 3.0, "commitment": 3.0},
}
"""An answer to a question of every query."""


class Marts:
    """Rows of a lens's mart and of marts.heard, and the counts of its queries."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Start with nobody heard."""
        self.connection = connection

    def heard(self, lens: str, voter: str, kind: str, on: date = IN_WINDOW, **told: Any) -> None:
        """One response; `shown` lists its questions, what else is a column of heard or the lens."""
        count = self.connection.execute("select count(*) from marts.heard").fetchall()[0][0]
        key = f"r{count}"
        about = {name: told.pop(name) for name in ("team", "may_see") if name in told}
        at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        row = {
            "response_key": key,
            "response_id": key,
            "voter_key": voter,
            "form_kind": kind,
            "is_defection": kind in ("lost_deal", "cancellation"),
            "may_see": False,
            "counted_on": on,
            "submitted_at": at,
            "fetched_at": at,
        }
        self._insert("marts.heard", row | about)
        self._insert("marts.responses", {"response_key": key, "may_quote": "counted"})
        shown = sorted(told.pop("shown", [])) or sorted(told)
        facts = {"response_key": key, "response_id": key, "shown_refs": shown}
        self._insert(f"marts.{lens}", facts | told)

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        self.connection.register("given", pl.DataFrame([row]).to_arrow())
        self.connection.execute(f"insert into {table} by name from given")
        self.connection.unregister("given")

    def report(self, name: str, **values: Any) -> pl.DataFrame:
        return Reader(self.connection).report(name, **{**VALUES, **values})

    def votes(self, name: str, *columns: str, **wanted: str) -> dict[Any, int]:
        """Value, or values of several columns -> voters, of the rows wanted."""
        rows = self.report(name).filter(pl.lit(value=True), **wanted)
        keys = rows.select(columns).rows()
        return dict(
            zip(
                [key if len(columns) > 1 else key[0] for key in keys],
                rows["voter_count"],
                strict=True,
            )
        )


@pytest.fixture
def marts(connection: duckdb.DuckDBPyConnection) -> Marts:
    return Marts(connection)


def test_a_blank_stays_among_those_asked(marts: Marts) -> None:
    """Left empty is counted as open; what was not shown is not counted at all."""
    marts.heard("loyalty", "a", "pulse", shown=CORE, is_satisfied=True, would_move="yes")
    marts.heard("loyalty", "b", "pulse", shown=CORE, is_satisfied=True)
    marts.heard("loyalty", "c", "pulse", shown=CORE, would_move="no")
    marts.heard("loyalty", "d", "pulse", shown=["would_move"], would_move="no")

    found = marts.votes("loyalty", "among", "value", period="window", question_ref="would_move")

    assert found == {("satisfied", "yes"): 1, ("satisfied", "open"): 1, ("open", "no"): 1}


def test_an_account_speaks_once(marts: Marts) -> None:
    """Of several pulses the latest counts; who has left since is no current customer."""
    told: dict[str, Any] = {"shown": CORE, "is_satisfied": True}
    marts.heard("loyalty", "a", "pulse", date(2026, 8, 1), would_move="yes", **told)
    marts.heard("loyalty", "a", "pulse", would_move="no", is_current=True, **told)
    marts.heard("loyalty", "b", "pulse", would_move="yes", is_current=False, **told)

    found = marts.votes("loyalty", "value", period="window", question_ref="would_move")

    assert found == {"no": 1}


@pytest.mark.parametrize(
    ("lens", "shown", "column"),
    [
        ("loyalty", "miss_most", "miss_most"),
        ("trust", "tested_passed", "tested_passed"),
        ("loyalty_both", "stands_up_for_us", "stands_up_for_us"),
        ("loyalty_matrix", "recommend", "attitude"),
        ("trust_ratings", "ability", "ability"),
    ],
)
def test_a_block_stands_until_it_is_asked_again(
    marts: Marts, lens: str, shown: str, column: str
) -> None:
    """A later pulse of another block replaces nothing; a later one of the same does."""
    mart = lens.partition("_")[0]
    first, last = ("no", "yes") if column in ("miss_most", "tested_passed") else (1.0, 5.0)
    marts.heard(mart, "a", "pulse", date(2026, 7, 10), shown=[shown], **{column: first})
    marts.heard(mart, "a", "pulse", date(2026, 8, 10), shown=[shown], **{column: last})
    marts.heard(mart, "a", "pulse", date(2026, 9, 10), shown=CORE)

    rows = marts.report(lens).filter(period="window")
    if "question_ref" in rows.columns:
        rows = rows.filter(question_ref=shown)

    assert rows["voter_count"].to_list() == [1]
    assert rows["response_ids"].to_list() == [["r1"]]


@pytest.mark.parametrize("name", ["loyalty", "loyalty_moves"])
def test_a_pulse_after_the_week_is_not_known_yet(marts: Marts, name: str) -> None:
    """An account stays in last week's edition, though it was heard again on Monday morning."""
    told = EVERYTHING["loyalty"]
    marts.heard("loyalty", "a", "pulse", date(2026, 9, 30), **told)
    marts.heard("loyalty", "a", "pulse", date(2026, 10, 5), **told)
    marts.connection.execute(
        "update marts.heard set submitted_at = timestamptz '2026-10-05 01:00:00Z', "
        "fetched_at = timestamptz '2026-10-05 01:00:00Z' where response_key = 'r1'"
    )

    found = marts.report(name)

    assert set(found["response_ids"].explode()) == {"r0"}


def test_colleagues_who_differ(marts: Marts) -> None:
    """One decision has one vote, on the side that warns; a blank contradicts nobody."""
    for voter, satisfied in (("a", True), ("a", True), ("b", True), ("b", False), ("c", True)):
        marts.heard("loyalty", voter, "cancellation", shown=CORE, is_satisfied=satisfied)
    marts.heard("loyalty", "c", "cancellation", shown=CORE)

    found = marts.votes("loyalty", "value", period="window", question_ref="satisfaction")

    assert found == {"yes": 2, "no": 1}
    rows = marts.report("loyalty").filter(period="window", question_ref="satisfaction")
    assert dict(rows.select("value", "split_count").iter_rows()) == {"yes": 0, "no": 1}


def test_two_clocks(marts: Marts) -> None:
    """A reply of the week is news; a rate waits until the survey has closed."""
    marts.heard("loyalty", "a", "pulse", date(2026, 9, 30), shown=CORE, is_satisfied=True)
    marts.heard("loyalty", "b", "pulse", shown=CORE, is_satisfied=True)
    marts.heard("loyalty", "c", "pulse", date(2026, 5, 1), shown=CORE, is_satisfied=True)
    marts.heard("loyalty", "d", "pulse", LONG_AGO, shown=CORE, is_satisfied=True)
    marts.heard("loyalty", "e", "pulse", date(2026, 10, 5), shown=CORE, is_satisfied=True)

    found = marts.votes("loyalty", "period", question_ref="would_move")

    assert found == {"week": 1, "window": 2, "before": 1, "all": 4}


@pytest.mark.parametrize("late", ["submitted_at", "fetched_at"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_later_than_the_edition(marts: Marts, name: str, late: str) -> None:
    """What was submitted or received after the edition's instant is not read."""
    lens = name.partition("_")[0]
    for kind in ("pulse", "lost_deal"):
        marts.heard(lens, kind, kind, **EVERYTHING[lens])
    before = marts.report(name)

    marts.connection.execute(f"update marts.heard set {late} = timestamptz '2026-10-05 05:00:00Z'")

    assert before.height > 0
    assert marts.report(name).is_empty()


def test_only_exits_are_asked_how_it_is_there(marts: Marts) -> None:
    """Who would decide so again is said of those who left, by how many decisions."""
    for voter, again in (("a", "no"), ("a", "no"), ("b", "yes")):
        marts.heard("loyalty", voter, "lost_deal", shown=["same_again"], same_again=again)
    marts.heard("loyalty", "c", "won_deal", shown=["same_again"], same_again="no")

    found = marts.votes("loyalty", "value", period="window", question_ref="same_again")

    assert found == {"no": 1, "yes": 1}


def test_the_matrix_asks_only_who_saw_the_block(marts: Marts) -> None:
    """Who saw the block and answered too little stands there without a place."""
    shown = [*CORE, "recommend"]
    marts.heard("loyalty", "a", "pulse", shown=shown, attitude=4.0, behaviour=5.0)
    marts.heard("loyalty", "b", "pulse", shown=shown)
    marts.heard("loyalty", "c", "pulse", shown=CORE)

    found = marts.votes("loyalty_matrix", "attitude", period="window")

    assert found == {4.0: 1, None: 1}


def test_moves_need_an_answer_before(marts: Marts) -> None:
    told: dict[str, Any] = {"shown": CORE, "is_satisfied": True, "would_move": "yes"}
    before: dict[str, Any] = {"previous_is_satisfied": True, "previous_would_move": "no"}
    marts.heard("loyalty", "a", "pulse", **told, **before)
    marts.heard("loyalty", "b", "pulse", **told)

    found = marts.votes("loyalty_moves", "previous_would_move", "would_move")

    assert found == {("no", "yes"): 1}


def test_both_ways_are_the_lower_of_colleagues(marts: Marts) -> None:
    refs = ["stands_up_for_us", "we_stand_up"]
    for theirs, ours in ((5.0, 2.0), (4.0, 1.0)):
        marts.heard(
            "loyalty", "a", "cancellation", shown=refs, stands_up_for_us=theirs, we_stand_up=ours
        )

    assert marts.votes("loyalty_both", *refs, period="window") == {(4.0, 1.0): 1}


def test_where_they_went(marts: Marts) -> None:
    """Every exit heard is somewhere, also where nobody knows; wins are not."""
    marts.heard("loyalty", "a", "lost_deal", shown=CORE, rival="Quayside")
    marts.heard("loyalty", "a", "lost_deal", shown=CORE, rival="Quayside")
    marts.heard("loyalty", "b", "cancellation", shown=CORE)
    marts.heard("loyalty", "c", "won_deal", shown=CORE)

    assert marts.votes("loyalty_rivals", "rival") == {"Quayside": 1, None: 1}


def test_who_regrets_is_named_only_if_allowed(marts: Marts) -> None:
    """A name needs consent, and with it comes the account's id."""
    for place, (may_see, may_quote) in enumerate(
        [(True, "unnamed"), (True, "named"), (False, "unnamed")]
    ):
        account, key = f"a{place}", f"r{place}"
        marts.heard(
            "loyalty", f"v{place}", "lost_deal", shown=["same_again"], same_again="no",
            may_see=may_see, days_since=10 * place,
        )  # fmt: skip
        marts.connection.execute(
            "update marts.heard set account_id = ? where response_key = ?", [account, key]
        )
        marts.connection.execute(
            "insert into marts.accounts by name select ? as account_id, ? as account_name",
            [account, f"Account {place}"],
        )
        marts.connection.execute(
            "update marts.responses set may_quote = ? where response_key = ?", [may_quote, key]
        )

    found = marts.report("loyalty_regret").filter(pl.col("period") == "window").to_dicts()[0]

    assert found["account_names"] == ["Account 0", "Account 1"]
    assert found["account_ids"] == ["a0", "a1"]
    assert (found["voter_count"], found["days_median"]) == (3, 10)


def test_needless_questions_add_up(marts: Marts) -> None:
    """A question one colleague names was asked, whatever the other says."""
    for voter, named in (("a", True), ("a", False), ("b", False)):
        marts.heard(
            "trust", voter, "lost_deal", shown=["needless_question"], has_needless_question=named
        )

    found = marts.votes("trust", "value", period="window", question_ref="needless_question")

    assert found == {"yes": 1, "open": 1}


def test_tests_by_outcome(marts: Marts) -> None:
    """Of colleagues who differ on a test the one counts whom we failed; groups stay apart."""
    for voter, kind, passed in (
        ("a", "lost_deal", "no"),
        ("a", "lost_deal", "yes"),
        ("b", "cancellation", "no"),
        ("c", "won_deal", "never"),
        ("d", "pulse", None),
    ):
        marts.heard("trust", voter, kind, shown=["tested_passed"], tested_passed=passed)

    found = marts.votes("trust", "among", "value", period="window", question_ref="tested_passed")

    assert found == {
        ("lost", "no"): 1,
        ("cancelled", "no"): 1,
        ("won", "never"): 1,
        ("current", "open"): 1,
    }


def test_pairs_are_within_a_respondent(marts: Marts) -> None:
    """One side alone is no pair, also of colleagues; of two pairs the worse for us counts."""
    shown = ["trust_politics", "trust_politics_chosen"]
    for voter, ours, theirs in (
        ("a", 2.0, 5.0),
        ("b", 2.0, 4.0),
        ("b", 4.0, 4.0),
        ("c", 1.0, None),
        ("c", None, 5.0),
    ):
        marts.heard(
            "trust", voter, "lost_deal", shown=shown, trust_politics=ours,
            trust_politics_chosen=theirs,
        )  # fmt: skip

    found = marts.report("trust_pairs").filter(pl.col("period") == "window").to_dicts()[0]

    assert found["gaps"] == [-3.0, -2.0]
    assert (found["voter_count"], found["shown_count"]) == (2, 3)
    assert (found["ours_mean"], found["theirs_mean"]) == (2.0, 4.5)
    assert found["response_ids"] == ["r0", "r1", "r2"]


def test_ratings_of_us_by_side(marts: Marts) -> None:
    """Who stayed and who did not are means apart; a blank is shown and not rated."""
    for voter, kind, rating in (
        ("a", "lost_deal", 2.0),
        ("b", "cancellation", 4.0),
        ("c", "won_deal", 5.0),
        ("d", "pulse", None),
    ):
        marts.heard("trust", voter, kind, shown=["ability"], ability=rating)

    rows = marts.report("trust_ratings").filter(pl.col("period") == "window").to_dicts()

    assert {row["side"]: (row["mean"], row["voter_count"], row["shown_count"]) for row in rows} == {
        "left": (3.0, 2, 2),
        "stayed": (5.0, 1, 2),
    }
    assert [(row["high_ids"], row["low_ids"]) for row in rows] == [(["r1"], ["r0"]), (["r2"], [])]


def test_the_lower_rating_of_colleagues(marts: Marts) -> None:
    for rating in (5.0, 2.0):
        marts.heard("trust", "a", "lost_deal", shown=["ability"], ability=rating)

    (row,) = marts.report("trust_ratings").filter(period="window").to_dicts()

    assert (row["mean"], row["voter_count"]) == (2.0, 1)


def test_no_regret_where_a_colleague_would_do_so_again(marts: Marts) -> None:
    for voter, again in (("a", "no"), ("a", "yes"), ("b", "unsure")):
        marts.heard("loyalty", voter, "lost_deal", shown=["same_again"], same_again=again)

    found = marts.report("loyalty_regret").filter(period="window").to_dicts()[0]

    assert (found["voter_count"], found["response_ids"]) == (1, ["r2"])


@pytest.mark.parametrize(
    "name", ["loyalty", "loyalty_both", "trust", "trust_ratings", "trust_pairs"]
)
def test_a_team_hears_its_own(marts: Marts, name: str) -> None:
    """Counts of a team are of its decisions; pulses belong to none."""
    told: dict[str, Any] = {"stands_up_for_us": 4.0, "we_stand_up": 2.0, "is_satisfied": True}
    if name.startswith("trust"):
        told = {"ability": 3.0, "commitment": 4.0, "tested_passed": "no"}
    shown = [*CORE, *told]
    marts.heard(name.partition("_")[0], "a", "cancellation", team="North", shown=shown, **told)
    marts.heard(name.partition("_")[0], "b", "cancellation", team="South", shown=shown, **told)
    marts.heard(name.partition("_")[0], "c", "pulse", shown=shown, **told)

    ours, everybody = marts.report(name, team="North"), marts.report(name)

    assert set(ours["response_ids"].explode()) == {"r0"}
    assert set(everybody["response_ids"].explode()) >= {"r0", "r1"}
