"""A seller's own form: it commits a reason at its moment, votes for nothing, and stays inside."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from winloss import sample
from winloss.typeform.links import signing

pytestmark = pytest.mark.slow

NEXT_MONDAY = sample.NOW + timedelta(days=7)
KEY = sample.SIGNING_KEY.encode()


def form(decision_id: str, reason: str, at: datetime, key: bytes = KEY) -> dict[str, Any]:
    """A seller's form about a decision, sent in at an instant."""
    hidden = {"form_kind": "seller", "decision_id": decision_id, "respondent": "5e11e5"}
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    token = f"{decision_id}-{stamp}".lower().encode().hex()[:32]
    return {
        "landing_id": token,
        "token": token,
        "response_id": token,
        "response_type": "completed",
        "landed_at": stamp,
        "submitted_at": stamp,
        "hidden": {**hidden, "sig": signing.sign(key, hidden)},
        "answers": [
            {
                "type": "choice",
                "choice": {"id": "1", "ref": reason, "label": reason},
                "field": {"id": "1", "ref": "reason_ours", "type": "multiple_choice"},
            }
        ],
    }


def rows(home: Path, query: str, name: str = "warehouse.duckdb") -> list[tuple[Any, ...]]:
    """The rows of a query on one of a programme's files."""
    with duckdb.connect(str(home / name), read_only=True) as connection:
        return connection.execute(query).fetchall()


def wrong_and_shown(home: Path, count: int) -> list[tuple[str, str]]:
    """Decisions whose answer the edition may have shown, and the reason our side had missed."""
    return rows(
        home,
        "select distinct decision_id, customer_reason from marts.decisions "
        "inner join marts.responses using (decision_id) "
        "where verdict = 'wrong' and may_see and not is_disputed "
        f"order by decision_id desc limit {count}",
    )


def test_committed_once_shown_is_no_knowing(delivered) -> None:
    """After the edition has shown the answer, ticking it in the form makes nobody right."""
    (told, late), (guessed, early), (forged, other) = wrong_and_shown(delivered.home, 3)
    seller = sample.FORM_IDS["seller"]
    delivered.sandbox.put(seller, form(told, late, sample.NOW + timedelta(hours=5)))
    delivered.sandbox.put(seller, form(guessed, early, sample.NOW - timedelta(hours=5)))
    delivered.sandbox.put(seller, form(forged, other, sample.NOW - timedelta(hours=5), b"forged"))

    delivered.run(NEXT_MONDAY, "2026-W41")

    verdicts = dict(
        rows(
            delivered.home,
            "select decision_id, verdict from marts.decisions "
            f"where decision_id in ('{told}', '{guessed}', '{forged}')",
        )
    )
    committed = rows(
        delivered.home,
        "select decision_id, reason, is_knowing from marts.seller_reasons "
        f"where logged_in = 'seller_form' and decision_id in ('{told}', '{guessed}', '{forged}') "
        f"and recorded_at > timestamptz '{sample.NOW - timedelta(days=1)}'",
    )
    assert verdicts == {told: "wrong", guessed: "right", forged: "wrong"}
    assert sorted(committed) == sorted([(told, late, False), (guessed, early, True)])


def test_sellers_forms_are_not_published(finished: Path) -> None:
    """No published row is a seller's, and none of their words are in the file's bytes."""
    published = "published/winloss.duckdb"
    tables = rows(
        finished,
        "select table_name from duckdb_columns() where column_name = 'form_kind'",
        published,
    )
    kinds = {
        table: rows(
            finished,
            f"select count(*) from marts.{table} where form_kind in ('seller', 'staff')",
            published,
        )
        for (table,) in tables
        if table not in ("questions", "invitations")
    }
    # What they promised is in the ledger of promises, masked and without them.
    words = rows(
        finished,
        "select text from marts.verbatims "
        "where form_kind = 'seller' and question_ref <> 'promised_ours'",
    )
    keys = {
        key
        for (key,) in rows(
            finished, "select response_id from marts.responses where form_kind = 'seller'"
        )
    }
    content = (finished / published).read_bytes()

    assert {"responses", "answers", "verbatims", "ratings", "heard"} <= set(kinds)
    assert set(map(tuple, kinds.values())) == {((0,),)}
    assert len(words) > 100
    assert len(keys) > 100
    long = {text for (text,) in words if len(text) > 25}
    assert [text for text in long if text.encode() in content] == []
    assert [key for key in keys if key.encode() in content] == []


def test_a_sellers_form_hides_nothing(finished: Path) -> None:
    """What its customers let us see stays published when a seller has filled in a form."""
    formed = (
        "(select decision_id from marts.responses group by decision_id "
        "having bool_or(form_kind = 'seller') and bool_or(vote_key is not null) "
        "and bool_and(may_see) filter (where vote_key is not null))"
    )
    seen = rows(
        finished,
        f"select decision_id, verdict from marts.decisions where decision_id in {formed} "
        "and verdict is not null order by decision_id",
    )
    wanted = ", ".join(f"'{decision_id}'" for decision_id, _ in seen)

    published = rows(
        finished,
        f"select decision_id, verdict from marts.decisions where decision_id in ({wanted}) "
        "order by decision_id",
        "published/winloss.duckdb",
    )

    assert len(seen) > 10
    assert published == seen


def test_a_sellers_form_is_heard_by_nobody(finished: Path) -> None:
    """It neither votes nor answers for the customer, who stays silent."""
    votes = rows(
        finished,
        "select count(*), count(vote_key), count(*) filter (where may_see), "
        "count(*) filter (where may_quote <> 'counted') from marts.responses "
        "where form_kind = 'seller'",
    )
    silent = rows(
        finished,
        "select count(*) from marts.decisions where verdict = 'silent' and decision_id in "
        "(select decision_id from marts.responses where form_kind = 'seller')",
    )

    assert votes[0][0] > 100
    assert votes[0][1:] == (0, 0, 0)
    assert silent[0][0] > 20
