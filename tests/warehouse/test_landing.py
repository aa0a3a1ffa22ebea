"""Landing: whatever a page holds, every response on it lands once."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winloss import warehouse
from winloss.warehouse import landing
from winloss.warehouse import lines as lines_module

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
LATER = AT + timedelta(days=1)
DEEP = b"[" * 100_000 + b"]" * 100_000
GOOD = b'{"response_id":"good","answers":[{"type":"text","text":"fine"}]}'


def land(
    folder: Path, pages: list[bytes], *, fetched_at: datetime = AT
) -> tuple[list[Path], list[landing.Reject]]:
    """Land pages of one form as a pull would."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, page in enumerate(pages):
        path = folder / f"page{number}.json.gz"
        path.write_bytes(gzip.compress(page, mtime=0))
        paths.append(path)
    return landing.land_pages(
        folder / "landing",
        paths,
        form_id="f",
        form_kind="lost_deal",
        source="pull",
        fetched_at=fetched_at,
    )


def lines(files: list[Path]) -> list[dict[str, Any]]:
    """Every landed line."""
    return [json.loads(line) for file in files for line in file.read_bytes().splitlines()]


@pytest.mark.parametrize(
    ("odd", "oddity"),
    [
        (
            b'{"response_id":"odd","answers":[{"type":"text","text":"\\ud83d"}]}',
            "lone surrogate",
        ),
        (b'{"response_id":"odd","response_id":"odd","answers":[]}', "duplicate key"),
        (b'{"response_id":"odd","answers":[{"type":"text","text":"\xff\xfe"}]}', "broken encoding"),
        (b'{"response_id":"odd","hidden":' + b"[" * 200 + b"]" * 200 + b"}", "nested too deep"),
        (b'{"response_id":"odd","hidden":' + DEEP + b"}", "nested too deep"),
        (b'["not", "an", "object"]', "not an object"),
        (b"null", "not an object"),
        (DEEP, "not an object"),
        (b'{"response_id" "odd"}', "unreadable item"),
    ],
)
def test_odd_item(odd: bytes, oddity: str, tmp_path: Path) -> None:
    """An odd item is used as far as it goes, says so in its line, and costs no neighbour."""
    is_used = oddity not in ("not an object", "unreadable item")

    files, rejects = land(tmp_path, [b'{"items":[' + GOOD + b"," + odd + b"," + GOOD + b"]}"])

    landed = [(line["item"]["response_id"], line.get("oddities")) for line in lines(files)]
    assert landed == [("good", None), *([("odd", [oddity])] if is_used else []), ("good", None)]
    assert [(each.reason, each.at_line) for each in rejects] == ([] if is_used else [(oddity, 2)])


@pytest.mark.parametrize(
    "page", [b"", b"<html>busy</html>", b'{"items":[{"a":', b"[]", b'{"items": 3}', b"\x00"]
)
def test_page_that_is_none(page: bytes, tmp_path: Path) -> None:
    """A page that is no page is set aside whole; the others land."""
    files, rejects = land(tmp_path, [page, b'{"items":[' + GOOD + b"]}"])

    assert [reject.reason for reject in rejects] == ["unreadable page"]
    assert len(lines(files)) == 1


def test_page_that_is_no_gzip(tmp_path: Path) -> None:
    """A damaged file is set aside too."""
    path = tmp_path / "damaged.json.gz"
    path.write_bytes(b"not gzip")

    files, rejects = landing.land_pages(
        tmp_path, [path], form_id="f", form_kind="pulse", source="pull", fetched_at=AT
    )

    assert (files, [reject.reason for reject in rejects]) == ([], ["unreadable page"])


def test_layout_does_not_matter(tmp_path: Path) -> None:
    """The same response pretty-printed lands as the same bytes."""
    item = {"response_id": "r", "answers": [], "hidden": {"a": "é"}}
    compact = json.dumps({"items": [item]}, ensure_ascii=False).encode()
    pretty = json.dumps({"items": [dict(reversed(item.items()))]}, indent=3).encode()

    first, _ = land(tmp_path / "one", [compact])
    second, _ = land(tmp_path / "two", [pretty])

    assert first[0].read_bytes() == second[0].read_bytes()


PAGES = st.lists(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abc")), max_size=4), max_size=5
)


@settings(max_examples=30, deadline=None)
@given(pages=PAGES, order=st.randoms(use_true_random=False), cut=st.integers(0, 5))
def test_any_order_twice_in_pieces(
    pages: list[list[tuple[int, str]]], order: Any, cut: int, tmp_path_factory: Any
) -> None:
    """Landing the same pages in any order, twice, in pieces, gives the same rows."""
    folder = tmp_path_factory.mktemp("landing")
    whole = [
        (
            json.dumps(
                {"items": [{"response_id": f"r{n}", "answers": [], "v": v} for n, v in page]}
            ),
            AT + timedelta(hours=hour),
        )
        for hour, page in enumerate(pages)
    ]
    shuffled = [*whole, *whole[:cut]]
    order.shuffle(shuffled)

    straight = rows_after(folder / "straight", whole, together=True)
    crooked = rows_after(folder / "crooked", shuffled, together=False)

    assert crooked == straight


def rows_after(folder: Path, pages: list[tuple[str, datetime]], *, together: bool) -> list[Any]:
    """The rows of raw.responses after landing the pages, loading once or after each."""
    connection = warehouse.in_memory()
    for number, (page, fetched_at) in enumerate(pages):
        land(folder / str(number), [page.encode()], fetched_at=fetched_at)
        if not together:
            warehouse.load_landing(connection, folder, now=LATER)
    warehouse.load_landing(connection, folder, now=LATER)
    found = connection.execute("from raw.responses order by all").fetchall()
    connection.close()
    return found


def test_unloaded_file_is_found_again(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """A run cut off between landing and loading loses nothing: the next load finds the file."""
    land(tmp_path, [b'{"items":[' + GOOD + b"]}"])

    first = warehouse.load_landing(connection, tmp_path, now=AT)
    again = warehouse.load_landing(connection, tmp_path, now=AT)

    assert (first, again) == (1, 0)


def test_oddities_become_rejects_once(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """The loader counts what was odd in a line, once however often it is pulled."""
    odd = b'{"response_id":"odd","a":1,"a":2}'
    for hour in range(3):
        land(tmp_path, [b'{"items":[' + odd + b"]}"], fetched_at=AT + timedelta(hours=hour))
        warehouse.load_landing(connection, tmp_path, now=LATER)

    found = connection.execute("select entity, record_id, reason from ops.rejects").fetchall()
    assert found == [("response", "f/odd", "duplicate key")]


def test_names_that_only_look_alike(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Names that differ by case or by Unicode's form are different responses."""
    names = ["Ab", "aB", "e\u0301", "\u00e9", "a/b", "a%2Fb", "it's", "x" * 10_000]
    page = json.dumps({"items": [{"response_id": name, "answers": []} for name in names]})
    land(tmp_path, [page.encode()])

    warehouse.load_landing(connection, tmp_path, now=AT)

    rows = connection.execute("select response_id from raw.responses").fetchall()
    assert sorted(name for (name,) in rows) == sorted(names)


def test_item_lands_once(tmp_path: Path) -> None:
    """A webhook delivered again, laid out otherwise, minutes later, writes nothing."""
    head: Any = {"form_id": "f", "form_kind": "pulse", "source": "webhook"}
    first = landing.land_item(tmp_path, b'{"a":1,"b":[]}', **head, received_at=AT)
    again = landing.land_item(tmp_path, b'{ "b": [], "a": 1 }', **head, received_at=LATER)

    assert again == first
    assert [line["fetched_at"] for line in lines([first])] == [AT.isoformat()]
    assert list(tmp_path.rglob("*.*")) == [first]


@pytest.mark.parametrize("body", [b"", b"[]", b"3", b"{", b"\xff", DEEP])
def test_item_that_is_none(body: bytes, tmp_path: Path) -> None:
    """What is no JSON object is refused, and leaves nothing."""
    with pytest.raises(ValueError, match=r"not an object|unreadable item"):
        landing.land_item(
            tmp_path, body, form_id="f", form_kind="pulse", source="webhook", received_at=AT
        )

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"<html>", b'{"fields":[{"id":"1","title":"Hola"}]}', DEEP]
)
def test_definition_that_is_none(body: bytes, tmp_path: Path) -> None:
    """A translation, or anything else that is no definition, is set aside; the run goes on."""
    path = tmp_path / "form.gz"
    path.write_bytes(gzip.compress(body))

    files, rejects = landing.land_definition(
        tmp_path, path, form_id="f", form_kind="pulse", fetched_at=AT
    )

    assert (files, [each.reason for each in rejects]) == ([], ["unreadable definition"])


def test_damaged_landing_file(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """A line damaged on disk is counted, and its neighbours are loaded."""
    (file,), _ = land(
        tmp_path, [b'{"items":[' + GOOD + b"," + GOOD.replace(b"good", b"two") + b"]}"]
    )
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 3] + b"\n" + whole)

    count = warehouse.load_landing(connection, tmp_path, now=AT)

    reasons = connection.execute("select entity, record_id, reason from ops.rejects").fetchall()
    assert (count, reasons) == (2, [("landing file", file.name, "damaged line")])


def test_lines_from_later_wait(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """A line received after the run's instant is for the next run; none is lost."""
    land(tmp_path, [b'{"items":[' + GOOD + b"]}"], fetched_at=LATER)

    counts = [warehouse.load_landing(connection, tmp_path, now=now) for now in (AT, LATER, LATER)]

    assert counts == [0, 1, 0]


def test_batches_are_one_load(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However small the batches, the rows are the same."""
    monkeypatch.setattr(lines_module, "_BATCH_BYTES", 1)
    for number in range(4):
        land(tmp_path, [b'{"items":[' + GOOD.replace(b"good", b"r%d" % number) + b"]}"])
        land(tmp_path, [b'{"items":[' + GOOD + b"]}"], fetched_at=AT - timedelta(hours=number))

    count = warehouse.load_landing(connection, tmp_path, now=AT)

    sightings = connection.execute("select count(*) from raw.sightings").fetchall()[0][0]
    assert (count, sightings) == (5, 3)
