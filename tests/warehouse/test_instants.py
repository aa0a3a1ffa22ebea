"""When something was learned: nothing that came later enters an edition's past."""

from datetime import timedelta
from pathlib import Path

from tests.warehouse.test_rebuild import AT, FORM, item, land

from winloss import warehouse
from winloss.reporting import Edition
from winloss.weeks import Week

OPENED = AT + timedelta(days=7)


def test_what_was_loaded_later_was_not_known(tmp_path: Path, recipe: warehouse.Recipe) -> None:
    """A webhook received before the edition and loaded after it is not in its past."""
    work, home = tmp_path / "warehouse.duckdb", tmp_path / "landing"
    edition = Edition("weekly", Week.parse("2026-W41"), "all", OPENED)
    land(home, item(rating=4, may_see=True), days=0)
    with warehouse.writing(work) as connection:
        warehouse.load_landing(connection, home, now=OPENED)
        warehouse.opened(connection, edition)
        warehouse.build(connection, recipe, as_of=OPENED)
        before = connection.execute("from staging.answers order by all").fetchall()
        land(home, {**item(rating=1, may_see=False), "response_id": "r2"}, days=6, source="webhook")
        land(home, item(rating=2, may_see=False), days=6)
        land(home, FORM, days=5)
        land(home, {"response_id": "r1", "is_deleted": True}, days=6)
        warehouse.load_landing(connection, home, now=OPENED + timedelta(days=7))

    with warehouse.as_of(work, recipe, OPENED, zone="UTC") as connection:
        past = connection.execute("from staging.answers order by all").fetchall()
    after = OPENED + timedelta(days=7)
    with warehouse.as_of(work, recipe, after, zone="UTC") as connection:
        present = connection.execute(
            "select response_id, number_value, scale_max from staging.answers"
            " where question_ref = 'satisfaction'"
        ).fetchall()

    assert past == before
    assert present == [("r2", 1.0, 5)]
