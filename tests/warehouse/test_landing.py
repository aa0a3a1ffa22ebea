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

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
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
        (b'["not", "an", "object"]', "not an object"),
        (b"null", "not an object"),
    ],
)
def test_odd_item(odd: bytes, oddity: str, tmp_path: Path) -> None:
    """An odd item is counted, used as far as it goes, and never costs its neighbours."""
    files, rejects = land(tmp_path, [b'{"items":[' + GOOD + b"," + odd + b"," + GOOD + b"]}"])

    landed = [line["item"].get("response_id") for line in lines(files)]
    assert [reject.reason for reject in rejects if reject.at_line == 2] == [oddity]
    assert landed == (["good", "good"] if "object" in oddity else ["good", "odd", "good"])


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
            warehouse.load_landing(connection, folder, now=AT)
    warehouse.load_landing(connection, folder, now=AT)
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
