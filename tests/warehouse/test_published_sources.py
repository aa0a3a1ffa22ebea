"""The copy says what it was made of: what is held of each input, since when, what was set aside."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest
from tests.warehouse import words

from winloss import warehouse
from winloss.crm import shape
from winloss.quotes import Names

EARLIER = datetime(2026, 9, 2, 4, tzinfo=UTC)
AT = datetime(2026, 10, 5, 4, tzinfo=UTC)


@pytest.fixture
def copy(tmp_path: Path, folder: Path, recipe: warehouse.Recipe) -> Path:
    """The copy of a programme with five answers, an account in two versions, and two rejects."""
    work, public = tmp_path / "work.duckdb", tmp_path / "public.duckdb"
    rejects = [
        warehouse.Reject("crm", "accounts", None, "no account_id", "", 3),
        warehouse.Reject("review", "row", "one", "unknown reason", "", 2),
    ]
    with warehouse.writing(work, zone="UTC") as connection:
        warehouse.load_landing(connection, folder, now=EARLIER)
        for sector, now in (("Ports", EARLIER), ("Rail", AT)):
            frame = pl.DataFrame(
                [{"account_id": "a1", "sector": sector}], schema=shape.ACCOUNTS.columns
            )
            key = shape.ACCOUNTS.key
            warehouse.load_records(connection, "accounts", frame, key=key, now=now)
        warehouse.load_rejects(connection, warehouse.frame_of(rejects), now=AT)
        warehouse.build(connection, recipe, as_of=AT)
    warehouse.publish(work, public, names=lambda _: Names.of(), as_of=AT, zone="UTC")
    return public


def test_what_came_in(copy: Path) -> None:
    """Each thing once, the week of its last news, and what was set aside even of nothing held."""
    with duckdb.connect(str(copy), read_only=True) as connection:
        found = connection.execute(
            "select sender, input_kind, held_count, news_on::varchar, set_aside_count"
            " from marts.sources"
        ).fetchall()

    kinds = {(sender, kind): rest for sender, kind, *rest in found}
    assert kinds[("crm", "accounts")] == [1, "2026-10-05", 1]
    assert kinds[("people", "row")] == [0, None, 1]
    typeform = [rest for (sender, _), rest in kinds.items() if sender == "typeform"]
    assert sum(count for count, *_ in typeform) == len(words.WORDS)
    assert {week for _, week, _ in typeform} == {"2026-08-31"}
