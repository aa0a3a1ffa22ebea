"""Recorded payloads: every answer in them is a row, value for value, in the order received."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests import conservation
from tests.conftest import SHARED_DATA
from tests.sent import sent

from winloss import warehouse
from winloss.warehouse import landing

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
Item = dict[str, Any]

# Without the folder one test says that it is skipped, and why.
NAMES = sorted(path.name for path in (SHARED_DATA / "typeform").glob("*.json")) or ["absent"]


def recorded(folder: Path) -> Iterator[tuple[str, list[Item]]]:
    """Every recorded payload as a page would hold it: its name, its items."""
    for path in sorted((folder / "typeform").glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        if path.name.startswith("responses_"):
            yield path.stem, found["items"]
        elif path.name.startswith("response_"):
            yield path.stem, [found]
        elif path.name.startswith("webhook_") and "config" not in path.name:
            yield path.stem, [found.get("form_response", found)]


@pytest.fixture(scope="module")
def payloads(shared_data: Path) -> dict[str, list[Item]]:
    """Every recorded payload by its name, which serves as its form's id."""
    return dict(recorded(shared_data))


@pytest.fixture(scope="module")
def built(
    payloads: dict[str, list[Item]],
    recipe: warehouse.Recipe,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of all recorded payloads and of the forms that came with them."""
    folder = tmp_path_factory.mktemp("recorded")
    for name, items in payloads.items():
        land(folder, name, items)
    connection = warehouse.in_memory()
    warehouse.load_landing(connection, folder, now=AT)
    warehouse.build(connection, recipe, as_of=AT)
    yield connection
    connection.close()


def land(folder: Path, name: str, items: list[Item]) -> None:
    """Land one payload as the page of a form named after it."""
    page = packed(folder / f"{name}.json.gz", {"items": items})
    form = {"form_id": name, "form_kind": "pulse", "fetched_at": AT}
    _, rejects = landing.land_pages(folder, [page], source="pull", **form)  # type: ignore[arg-type]
    assert rejects == []
    for item in items:
        if "definition" in item:
            definition = packed(folder / f"{name}.form.gz", item["definition"])
            _, rejects = landing.land_definition(folder, definition, **form)  # type: ignore[arg-type]
            assert rejects == []


def packed(path: Path, value: object) -> Path:
    """A value as compressed JSON in a file."""
    path.write_bytes(gzip.compress(json.dumps(value).encode()))
    return path


def rows_of(built: duckdb.DuckDBPyConnection, name: str, item: Item) -> list[dict[str, Any]]:
    """The rows of one item, in the order received."""
    found = built.sql(
        "from staging.answers where form_id = $form and response_id = $response order by position",
        params={"form": name, "response": item.get("response_id") or item["token"]},
    )
    rows: list[dict[str, Any]] = found.pl().to_dicts()
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_or_added(name: str, shared_data: Path) -> None:
    """The conservation law holds for each recorded file, whatever it is."""
    conservation.check((shared_data / "typeform" / name).read_bytes())


def test_forms_and_responses_go_together(shared_data: Path) -> None:
    """Field ids differ between this form and its responses; only refs match."""
    folder = shared_data / "typeform"
    page = (folder / "responses_2018_choices_other_without_labels.json").read_bytes()

    conservation.check(page, definition=(folder / "form_2018_lirantal.json").read_bytes())


def test_every_answer_knows_its_question(
    payloads: dict[str, list[Item]], built: duckdb.DuckDBPyConnection
) -> None:
    """An answer is filed under its question's ref, or its id where it has no ref."""
    for name, items in payloads.items():
        for item in items:
            fields = [answer["field"] for answer in item.get("answers") or []]
            rows = rows_of(built, name, item)

            assert [row["position"] for row in rows] == list(range(1, len(fields) + 1)), name
            if "definition" not in item:
                refs = [field.get("ref") or field["id"] for field in fields]
                assert [row["question_ref"] for row in rows] == refs, name
            assert [row["field_id"] for row in rows] == [field["id"] for field in fields], name


def test_titles_come_with_the_form(built: duckdb.DuckDBPyConnection) -> None:
    """Where a payload brought its form along, its answers have their wording."""
    titled = built.execute(
        "select form_id, count(*) filter (where question_title <> '') / count(*) as share "
        "from staging.answers where form_id in (select form_id from raw.forms) group by all"
    ).fetchall()

    assert len(titled) > 5
    assert [form for form, share in titled if share < 0.9] == []


def test_withheld_values_stay_in_raw(
    payloads: dict[str, list[Item]], built: duckdb.DuckDBPyConnection
) -> None:
    """No address, number, file or payment is anywhere above raw."""
    secrets = {
        str(answer[answer["type"]])
        for items in payloads.values()
        for item in items
        for answer in item.get("answers") or []
        if sent(answer, {})["is_withheld"] and isinstance(answer.get(answer["type"]), str)
    }
    above = [
        str(built.sql(f"from {layer}.{name}").pl().to_dicts())
        for layer, name in built.execute(
            "select schema_name, table_name from duckdb_tables()"
            " where schema_name in ('staging', 'marts')"
        ).fetchall()
    ]

    assert len(secrets) > 10
    assert [secret for secret in secrets if any(secret in text for text in above)] == []


def test_one_response_each(
    payloads: dict[str, list[Item]], built: duckdb.DuckDBPyConnection
) -> None:
    """Every item is one response, also those never submitted; those are not completed."""
    rows = built.execute(
        "select form_id, count(*), count(*) filter (where response_type = 'completed')"
        " from staging.responses group by form_id"
    ).fetchall()
    expected = {
        (
            name,
            len(items),
            sum(not item["submitted_at"].startswith("0001") for item in items),
        )
        for name, items in payloads.items()
        if items
    }

    assert set(rows) == expected


def test_legacy_reply_is_refused(shared_data: Path, tmp_path: Path) -> None:
    """The reply of the old Data API is no page of responses, and is said to be none."""
    legacy = json.loads((shared_data / "typeform" / "legacy_v1_data_api_2017.json").read_text())
    page = packed(tmp_path / "legacy.json.gz", legacy)

    files, rejects = landing.land_pages(
        tmp_path, [page], form_id="f", form_kind="pulse", source="pull", fetched_at=AT
    )

    assert (files, [reject.reason for reject in rejects]) == ([], ["unreadable page"])
