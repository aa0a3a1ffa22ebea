"""Every answer in every format, to a terminal, a pipe and a file."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from winloss import querying, settings
from winloss.errors import WarehouseError
from winloss.warehouse.analysing import Analyst, analysing

QUERY = """
select 1::bigint as count, 'a,"b"' as words, null as nothing, 0.63333333 as share,
    timestamptz '2026-10-05 04:00:00+00' as at_, interval 3 day as days, [1, 2] as listed
"""


@pytest.fixture
def analyst(published_home: Path) -> Iterator[Analyst]:
    programme = settings.read(published_home)
    with analysing(programme.published, zone=programme.time_zone) as found:
        yield found


def test_csv(analyst: Analyst, capsys: pytest.CaptureFixture[str]) -> None:
    """Values as DuckDB writes them, in the programme's time zone."""
    querying.write(analyst.ask(QUERY), "csv", None, width=None)

    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [
        ["count", "words", "nothing", "share", "at_", "days", "listed"],
        ["1", 'a,"b"', "", "0.63333333", "2026-10-05 06:00:00+02", "3 days", "[1, 2]"],
    ]


def test_json(analyst: Analyst, tmp_path: Path) -> None:
    """One array of objects, with numbers, lists and null as such."""
    out = tmp_path / "answer.json"

    querying.write(analyst.ask(QUERY), "json", out, width=None)

    (row,) = json.loads(out.read_text(encoding="utf-8"))
    assert (row["count"], row["nothing"], row["listed"]) == (1, None, [1, 2])


@pytest.mark.parametrize(("form", "said"), [("csv", "n\n"), ("json", "[]\n")])
def test_no_rows(
    analyst: Analyst, capsys: pytest.CaptureFixture[str], form: querying.Format, said: str
) -> None:
    """Nothing found is a header, or a list of none."""
    querying.write(analyst.ask("select 1 as n where false"), form, None, width=None)

    assert capsys.readouterr().out == said


def test_parquet_is_typed(analyst: Analyst, tmp_path: Path) -> None:
    """Dates stay dates; every row is there."""
    out = tmp_path / "answer.parquet"
    query = "select decision_id, decided_on from marts.decisions order by all"

    querying.write(analyst.ask(query), "parquet", out, width=None)

    found = pl.read_parquet(out)
    assert found.schema == {"decision_id": pl.String, "decided_on": pl.Date}
    assert found["decision_id"].to_list() == ["d1", "d2", "d3"]


def test_a_pipe_gets_every_row(analyst: Analyst, capsys: pytest.CaptureFixture[str]) -> None:
    """Only a terminal is spared the rest."""
    many = analyst.ask("select range as n from range(1000) order by n")

    querying.write(many, "table", None, width=None)
    piped = capsys.readouterr().out.splitlines()
    querying.write(many, "table", None, width=80)
    shown = capsys.readouterr().out.splitlines()

    assert piped[-2].strip() == "999"
    assert len(shown) < 250
    assert shown[-1] == "200 rows of 1,000; --format csv gives all of them"


def test_no_line_is_wider_than_the_terminal(
    analyst: Analyst, capsys: pytest.CaptureFixture[str]
) -> None:
    """What does not fit side by side stands one field a line."""
    querying.write(analyst.ask("from marts.decisions"), "table", None, width=80)

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "row 3" in [line.strip() for line in lines]


@pytest.mark.parametrize("longest", [20, 50, 300])
def test_a_table_a_little_too_wide(
    analyst: Analyst, capsys: pytest.CaptureFixture[str], longest: int
) -> None:
    """Its longest text is broken over lines, the others and the numbers stay whole."""
    query = f"""
        select repeat('x', {longest}) as long_text, repeat('y', 14) as text, 123456789012 as n,
            repeat('z', 14) as more, 1234567890123456 as m
    """

    querying.write(analyst.ask(query), "table", None, width=80)

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line.strip() for line in lines if line.startswith("row")] == []
    assert f"{'y' * 14}  123456789012  {'z' * 14}  1234567890123456" in lines[1]
    assert sum(line.count("x") for line in lines[1:-1]) == longest


def test_long_titles(analyst: Analyst, capsys: pytest.CaptureFixture[str]) -> None:
    """A title is broken after an underscore, before its column leaves its place."""
    titles = [f"count_of_decisions_{letter}" for letter in "abcde"]
    query = f"select {', '.join(f'7 as {title}' for title in titles)}, 1 as _, 2 as __x__y_"

    querying.write(analyst.ask(query), "table", None, width=80)

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[-2].split() == ["7"] * 5 + ["1", "2"]
    assert "".join(lines[:-2]).count("decisions") == 5
    assert "".join(lines[0].split()[:1] + lines[1].split()[:1]) == titles[0]


def test_rows_one_field_a_line(analyst: Analyst, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty line ends each."""
    querying.write(analyst.ask("from marts.decisions"), "table", None, width=80)

    lines = capsys.readouterr().out.splitlines()
    places = [place for place, line in enumerate(lines) if line.startswith("row ")]
    assert [lines[place - 1].strip() for place in places[1:]] == ["", ""]


@pytest.mark.parametrize("width", [80, None])
def test_a_plan_is_drawn(
    analyst: Analyst, capsys: pytest.CaptureFixture[str], width: int | None
) -> None:
    """What EXPLAIN draws keeps its lines."""
    querying.write(analyst.ask("explain from decisions"), "table", None, width=width)

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 3
    assert "explain_key" not in lines[0]
    assert any("marts.decisions" in line for line in lines)


def test_tables_by_their_short_names(analyst: Analyst) -> None:
    """SHOW TABLES says the tables of both schemas, and its names can be asked."""
    names = [name for (name,) in analyst.ask("show tables").rows()]

    assert {"decisions", "codes"} <= set(names)
    assert len(names) == len(set(names)) == len(analyst.relations())
    assert len(list(analyst.ask("from decisions").rows())) == 3


def test_a_table_rounds(analyst: Analyst, capsys: pytest.CaptureFixture[str]) -> None:
    """A share is read to four decimals; what is text, or beyond them, stays as it is."""
    query = "select 2 / 3 as share, '0.123456' as text, 1e-9 as tiny, 12 as n"

    querying.write(analyst.ask(query), "table", None, width=80)

    assert capsys.readouterr().out.splitlines()[1].split() == ["0.6667", "0.123456", "1e-09", "12"]


@pytest.mark.parametrize("width", [80, None])
def test_words_command_no_terminal(
    analyst: Analyst, capsys: pytest.CaptureFixture[str], width: int | None
) -> None:
    """What somebody typed can neither clear the screen nor turn the line round."""
    querying.write(
        analyst.ask("select competitor from marts.decisions"), "table", None, width=width
    )

    shown = capsys.readouterr().out
    assert "gone" in shown
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("form", querying.FORMATS)
def test_a_failed_query_leaves_no_file(
    analyst: Analyst, tmp_path: Path, form: querying.Format
) -> None:
    """The answer before stays, whole, where the new one fails in the middle."""
    out = tmp_path / "answer"
    out.write_text("before", encoding="utf-8")
    failing = "select case when n > 5000 then error('broken') else n end from range(9000) as t(n)"

    with pytest.raises(WarehouseError, match="broken"):
        querying.write(analyst.ask(failing), form, out, width=None)

    assert out.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["answer"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select nope from marts.decisions", '"nope" not found'),
        ("select 1\nfrom marts.decisions x y", "at its line 2: syntax error"),
        ("create table marts.mine as select 1", "read-only"),
        ("select 1\nfrom marts.decision", "Did you mean"),
    ],
)
def test_a_query_that_fails(analyst: Analyst, query: str, said: str) -> None:
    """One line: what is wrong, where, and where to look; the copy cannot be changed."""
    with pytest.raises(WarehouseError, match=said) as refused:
        list(analyst.ask(query).rows())

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "query",
    [
        "create table marts.mine as select 1",
        "delete from marts.decisions",
        "drop table marts.decisions",
        "insert into marts.decisions from marts.decisions",
    ],
)
def test_a_refused_write(analyst: Analyst, query: str) -> None:
    """It says why, and nothing of names, which were right."""
    with pytest.raises(WarehouseError) as refused:
        analyst.ask(query)

    assert str(refused.value) == "The copy is read-only: a query cannot change it."


def test_the_copy_explains_itself(analyst: Analyst) -> None:
    """Every table has its grain, every column its meaning."""
    relations = analyst.relations()

    assert "marts.decisions" in [each.name for each in relations]
    assert [each.name for each in relations if not each.grain] == []
    assert [
        (each.name, column.name)
        for each in relations
        for column in each.columns
        if not column.meaning
    ] == []


OPENED_AGAIN = """
import sys
from pathlib import Path
from winloss.errors import WarehouseError
from winloss.warehouse.analysing import analysing

kept = []
for _ in range(2):
    with analysing(Path(sys.argv[1])) as analyst:
        try:
            analyst.ask("select interval 3 day as n from range(9)").save(Path(sys.argv[2]))
        except WarehouseError as error:
            kept.append(error)
print(len(kept))
"""


def test_what_failed_lets_go_of_the_copy(published_home: Path, tmp_path: Path) -> None:
    """Whoever keeps the error of an answer that could not be written opens the copy again."""
    copy = str(settings.read(published_home).published)
    done = subprocess.run(
        [sys.executable, "-c", OPENED_AGAIN, copy, str(tmp_path / "out.parquet")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr
