"""What sql/reports counts of loyalty: moves, the matrix, regret."""

from typing import Any

import polars as pl
from tests.sql.reports.marts import CORE, Marts


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


def test_no_regret_where_a_colleague_would_do_so_again(marts: Marts) -> None:
    for voter, again in (("a", "no"), ("a", "yes"), ("b", "unsure")):
        marts.heard("loyalty", voter, "lost_deal", shown=["same_again"], same_again=again)

    found = marts.report("loyalty_regret").filter(period="window").to_dicts()[0]

    assert (found["voter_count"], found["response_ids"]) == (1, ["r2"])
