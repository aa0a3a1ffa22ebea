"""The prompt of `winloss sql`, in a process of its own at a terminal."""

import os
import shutil
import time
from pathlib import Path

import polars as pl
import pytest
from tests.querying.terminal import terminal

HISTORY = ".winloss_sql_history"


def test_a_session(published_home: Path, tmp_path: Path) -> None:
    """Queries over lines, an error that ends nothing, a table's meaning, a file, the end."""
    out = tmp_path / "mine.parquet"

    with terminal(published_home, tmp_path) as prompt:
        prompt.type("select count(*) as held\n", "...> ")
        assert "three" not in prompt.type("from marts.decisions;\n", "one row")
        assert "failed" in prompt.type("select nope;\n", "failed")
        assert "One row per decision" in prompt.type(".schema decisions\n", "fetched_at")
        assert "who_is_silent" in prompt.type(".examples\n", "win_rate_by_competitor")
        prompt.type(f".out {out}\n", "winloss> ")
        prompt.type("from marts.decisions;\n", "written to")
        os.write(prompt._screen, b".quit\n")
        assert prompt.process.wait(timeout=20) == 0

    assert pl.read_parquet(out).height == 3
    assert not list(published_home.glob(".*history"))
    history = tmp_path / HISTORY
    assert "select nope;" in history.read_text(encoding="utf-8")
    assert history.stat().st_mode & 0o077 == 0


def test_it_completes_words(published_home: Path, tmp_path: Path) -> None:
    """Tab ends the name of a table and of a column."""
    pytest.importorskip("readline")
    with terminal(published_home, tmp_path) as prompt:
        assert "istory" in prompt.type("from marts.decision_h\t", "istory")
        prompt.interrupt()
        assert "customer_since_on" in prompt.type("select customer_si\t", "customer_since_on")


def test_ctrl_c_drops_the_line(published_home: Path, tmp_path: Path) -> None:
    """What was begun is forgotten; the prompt goes on."""
    with terminal(published_home, tmp_path) as prompt:
        prompt.type("select 1\n", "...> ")
        prompt.interrupt()

        assert "two" in prompt.type("select 'two' as n;\n", "one row")


def test_a_newer_copy_is_told_of(published_home: Path, tmp_path: Path) -> None:
    """Who keeps the prompt open reads the old copy, and is told so."""
    home = tmp_path / "home"
    shutil.copytree(published_home, home)
    copy = home / "published" / "winloss.duckdb"
    with terminal(home, tmp_path) as prompt:
        newer = copy.with_name("newer")
        shutil.copy(copy, newer)
        newer.replace(copy)

        shown = prompt.type("select count(*) as n from marts.decisions;\n", "one row")

    assert "A newer copy has been published" in shown


def test_a_history_that_cannot_be_read(published_home: Path, tmp_path: Path) -> None:
    """It only forgets: a folder in its place, a home that is no folder."""
    (tmp_path / "odd" / HISTORY).mkdir(parents=True)
    (tmp_path / "none").write_text("", encoding="utf-8")
    for person in (tmp_path / "odd", tmp_path / "none"):
        with terminal(published_home, person) as prompt:
            assert "one row" in prompt.type("select 1 as n;\n", "one row")
            assert "Traceback" not in prompt.type(".quit\n", "")
            assert prompt.process.wait(timeout=20) == 0


def test_words_with_and_without_semicolons(published_home: Path, tmp_path: Path) -> None:
    """Commands, tables and examples take one; a comment may follow a query's."""
    with terminal(published_home, tmp_path) as prompt:
        assert "marts.decisions" in prompt.type(".tables;\n", "winloss> ")
        columns = prompt.type(".schema marts.decisions;\n", "winloss> ")
        assert "One row per decision" in columns
        assert " timestamptz " in columns
        assert "one row" in prompt.type("select 1 as n; -- trailing\n", "winloss> ")
        assert "failed" not in prompt.type("-- nothing but words\n", "winloss> ")
        for words in ("win_rate_by_competitor", "win_rate_by_competitor;"):
            shown = prompt.type(f"{words}\n", "winloss> ")
            assert "select" in shown
            assert "row" in shown.splitlines()[-2]
        for words in ("help", "HELP;", ".help"):
            assert "End a query with ;" in prompt.type(f"{words}\n", "winloss> ")


@pytest.mark.parametrize("words", ["quit", "exit;", ".quit;"])
def test_ways_out(published_home: Path, tmp_path: Path, words: str) -> None:
    """With a dot or none, with a semicolon or none."""
    with terminal(published_home, tmp_path) as prompt:
        prompt.type(f"{words}\n", "\n")
        assert prompt.process.wait(timeout=20) == 0


def test_what_is_not_there_has_neighbours(published_home: Path, tmp_path: Path) -> None:
    """A name that is nearly right is answered with those that are, in the prompt's own words."""
    with terminal(published_home, tmp_path) as prompt:
        said = prompt.type(".schema account\n", "winloss> ")
        assert "marts.accounts" in said
        assert ".tables says them all" in said
        said = prompt.type(".example win_rate_by_competitr\n", "winloss> ")
        assert "win_rate_by_competitor" in said
        assert "with .examples." in said
        failed = prompt.type("from marts.decision;\n", "winloss> ")
        assert "(.tables says what there is to ask for)" in failed.replace("\r\n", "")
        assert "winloss dictionary" not in failed


def test_an_answer_shown_in_part(published_home: Path, tmp_path: Path) -> None:
    """How to have all of it is said as it is typed here."""
    with terminal(published_home, tmp_path) as prompt:
        shown = prompt.type("from range(1000);\n", "gives all of them")

    assert ".format csv or .out FILE.csv" in shown
    assert "--format" not in shown


def test_several_answers(published_home: Path, tmp_path: Path) -> None:
    """Each is shown, in turn; one that fails says so after those before it."""
    with terminal(published_home, tmp_path) as prompt:
        shown = prompt.type("select 'o'||'ne'; select 't'||'wo'; select nope;\n", "failed")

    assert "one" in shown
    assert "two" in shown


def test_ctrl_c_stops_a_query(published_home: Path, tmp_path: Path) -> None:
    """Whenever it is pressed: the query ends, the prompt says so, and no line of it is left."""
    endless = "select count(*) from range(10000000) as a, range(10000000) as b"
    with terminal(published_home, tmp_path) as prompt:
        for seconds in (0.1, 0.3, 0.6, 1.0):
            prompt.type(f"{endless} where (a.range * b.range) % 7 = -3;\n", "\n")
            time.sleep(seconds)
            assert "stopped" in prompt.interrupt()
        assert "one row" in prompt.type("select 1 as n;\n", "one row")


def test_out_at_the_prompt(published_home: Path, tmp_path: Path) -> None:
    """A table goes to a file too; the answer after it comes back to the screen."""
    out = tmp_path / "mine.txt"
    with terminal(published_home, tmp_path) as prompt:
        prompt.type(f".out {out}\n", "winloss> ")
        assert "Traceback" not in prompt.type("select 'th'||'ere' as n;\n", "written to")
        assert "here" in prompt.type("select 'h'||'ere' as n;\n", "one row")

    assert out.read_text(encoding="utf-8").split() == ["n", "there", "one", "row"]
