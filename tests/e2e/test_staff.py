"""Staff answer without a name: no file that leaves tells one of them from the others."""

from pathlib import Path

import duckdb

from winloss import warehouse


def test_no_staff_answer_is_published(finished: Path) -> None:
    """The analysts' copy counts staff answers; it has no row, key, team or word of one."""
    with warehouse.reading(finished / "warehouse.duckdb") as work:
        keys = work.execute(
            "select response_key, response_id from marts.responses where form_kind = 'staff'"
        ).fetchall()
        words = work.execute(
            "select text from marts.verbatims where form_kind = 'staff'"
        ).fetchall()
    with duckdb.connect(str(finished / "published/winloss.duckdb"), read_only=True) as public:
        tables = public.execute("select table_name from duckdb_tables()").fetchall()
        values = {
            str(value)
            for (table,) in tables
            if table not in {"settings", "questions", "reasons"}
            for row in public.execute(f"from marts.{table}").fetchall()
            for value in row
        }
        counted = public.execute(
            "select count(talk_customers), count(team), count(*) filter ("
            "(talk_customers is null)::int + (talk_value is null)::int"
            " + (talk_team is null)::int != 2) from marts.staff_talk"
        ).fetchall()[0]

    assert len(keys) == 26
    assert words
    assert {each for key in keys for each in key} & values == set()
    assert {text for (text,) in words} & values == set()
    assert counted == (25, 0, 0)


def test_staff_words_that_may_only_be_counted(finished: Path) -> None:
    """What a member of staff does not let us quote stands in no edition."""
    with warehouse.reading(finished / "warehouse.duckdb") as work:
        refused = work.execute(
            "select text from marts.verbatims where form_kind = 'staff' and may_quote = 'counted'"
            " and text not in (select text from marts.verbatims where may_quote <> 'counted')"
        ).fetchall()
    editions = [path.read_text(encoding="utf-8") for path in finished.glob("editions/*/*.html")]

    assert refused
    assert editions
    assert [text for (text,) in refused for page in editions if text in page] == []
