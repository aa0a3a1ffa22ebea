"""Recorded payloads: every answer in them is a row, value for value, in the order received."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from winloss import warehouse
from winloss.warehouse import landing

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
WITHHELD = {"email", "phone_number", "file_url", "payment", "signature", "multi_format"}
WITHHELD_FIELDS = {"email", "phone_number", "file_upload", "payment", "signature", "contact_info"}
Item = dict[str, Any]
Answer = dict[str, Any]


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
            landing.land_definition(folder, definition, **form)  # type: ignore[arg-type]


def packed(path: Path, value: object) -> Path:
    """A value as compressed JSON in a file."""
    path.write_bytes(gzip.compress(json.dumps(value).encode()))
    return path


def sent(answer: Answer) -> tuple[Any, ...]:
    """What an answer as received says, in the columns of staging.answers (the law's left side)."""
    kind, field = answer.get("type"), answer.get("field", {})
    value = answer.get(kind) if kind else None
    if kind in WITHHELD or field.get("type") in WITHHELD_FIELDS:
        return ("withheld",)
    if kind in ("text", "url", "boolean"):
        return (kind, value)
    if kind == "number":
        return (kind, float(answer["number"]))
    if kind == "date":
        return (kind, answer["date"].removesuffix("T00:00:00Z"))
    if kind in ("choice", "choices"):
        return (kind, *picked(value))
    return ("as received", answer)


def picked(value: Any) -> tuple[list[str], list[str], str | None]:
    """The refs, labels and typed words of a choice answer in any of its shapes."""
    if isinstance(value, list):
        refs = [choice.get("ref") or choice.get("id") for choice in value]
        return refs, [choice["label"] for choice in value], None
    labels = value.get("labels") or [value[key] for key in ("label",) if key in value]
    refs = value.get("refs") or value.get("ids") or []
    if "other" not in value and not refs:
        refs = [ref for ref in (value.get("ref") or value.get("id"),) if ref]
    return refs, labels, value.get("other")


def stored(row: dict[str, Any]) -> tuple[Any, ...]:
    """What a row of staging.answers says, in the same shape (the law's right side)."""
    if row["is_withheld"]:
        return ("withheld",)
    if row["value_json"] is not None:
        return ("as received", json.loads(row["value_json"]))
    kind = row["answer_type"]
    if kind in ("choice", "choices"):
        return (kind, row["choice_refs"] or [], row["choice_labels"] or [], row["other_text"])
    column = {"text": "text_value", "url": "text_value"}.get(kind, f"{kind}_value")
    return (kind, row[column].isoformat() if kind == "date" else row[column])


def rows_of(built: duckdb.DuckDBPyConnection, name: str, item: Item) -> list[dict[str, Any]]:
    """The rows of one item, in the order received."""
    found = built.sql(
        "from staging.answers where form_id = $form and response_id = $response order by position",
        params={"form": name, "response": item.get("response_id") or item["token"]},
    )
    rows: list[dict[str, Any]] = found.pl().to_dicts()
    return rows


def test_nothing_is_lost_or_added(
    payloads: dict[str, list[Item]], built: duckdb.DuckDBPyConnection
) -> None:
    """The conservation law: answers in are answers out, value for value, in order."""
    lost = {}
    for name, items in payloads.items():
        for item in items:
            went_in = [sent(answer) for answer in item.get("answers") or []]
            came_out = [stored(row) for row in rows_of(built, name, item)]
            if went_in != came_out:
                lost[name] = [
                    pair for pair in zip(went_in, came_out, strict=False) if pair[0] != pair[1]
                ]

    assert (
        sum(len(item.get("answers") or []) for items in payloads.values() for item in items) > 300
    )
    assert lost == {}


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
        if sent(answer) == ("withheld",) and isinstance(answer.get(answer["type"]), str)
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
