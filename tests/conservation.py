"""The conservation law: what Typeform sent is what staging holds, value for value, in order.

To throw payloads of one's own at it (a page of responses, a response, a webhook's body or a form's
definition, as bytes or as read from JSON), from the project's root:

    python -c "import pathlib, sys; from tests.conservation import check
    [check(pathlib.Path(name).read_bytes()) for name in sys.argv[1:]]" FILE...

Nothing printed means that it holds; otherwise the error names the first difference. The payload
goes the product's own way: it lands in a temporary folder, is loaded, built, and read again.
"""

import gzip
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from tests.sent import COLUMNS, WITHHELD, Fields, dense, sent

from winloss import recipes, settings, warehouse

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
PARENTS = {"group", "inline_group", "contact_info", "matrix", "statement"}
KNOWN = {"text", "url", "number", "boolean", "date", "choice", "choices"}
Row = dict[str, Any]


def check(payload: object, *, definition: object = None, form_kind: str = "pulse") -> None:
    """Raise AssertionError, naming the first difference, where anything is lost or added.

    `payload` is bytes as received, or a value as read from JSON; so is `definition`, the form's,
    where it is known and not in the payload.
    """
    with carried(payload, definition=definition, form_kind=form_kind) as connection:
        compare(connection, payload, definition=definition)


@contextmanager
def carried(
    payload: object, *, definition: object = None, form_kind: str = "pulse"
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse into which a payload has gone the product's own way."""
    with tempfile.TemporaryDirectory() as folder, warehouse.in_memory() as connection:
        home = Path(folder)
        land(home, payload, definition, form_kind)
        warehouse.load_landing(connection, home / "landing", now=AT)
        (home / "winloss.toml").write_text(
            f'company = "x"\n[[typeform.forms]]\nid = "f"\nkind = "{form_kind}"\nsigned = false\n'
        )
        warehouse.build(connection, recipes.recipe(settings.read(home)), as_of=AT)
        yield connection


def compare(
    connection: duckdb.DuckDBPyConnection, payload: object, *, definition: object = None
) -> None:
    """Raise AssertionError where the warehouse is not what the payload says."""
    found = read(payload)
    form = form_of(found) if definition is None else read(definition)
    check_items(connection, items_of(found), fields_of(form))
    check_questions(connection, form)


def read(payload: object) -> Any:
    """A payload as JSON's most patient reader sees it, what cannot be text replaced."""
    if not isinstance(payload, bytes):
        payload = dumped(payload)
    text = payload.decode("utf-8-sig", "replace")
    try:
        found = json.loads(text, strict=False, parse_constant=str, parse_int=integer)
    except ValueError:
        return None
    return mended(found)


def dumped(value: object) -> bytes:
    """A value as JSON, lone surrogates and all."""
    return json.dumps(value).encode()


def integer(digits: str) -> int | str:
    """A whole number; as text where Python reads none so long."""
    return int(digits) if len(digits) <= 4300 else digits


def mended(value: Any) -> Any:
    """The same value with the sign for unreadable letters where a lone surrogate was."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [mended(each) for each in value]
    if isinstance(value, dict):
        return {mended(key): mended(each) for key, each in value.items()}
    return value


def items_of(found: Any) -> list[Any]:
    """The responses in a payload of any kind."""
    if not isinstance(found, dict) or is_form(found):
        return []
    if isinstance(found.get("items"), list):
        return list(found["items"])
    if isinstance(found.get("form_response"), dict):
        return [found["form_response"]]
    return [found] if {"answers", "response_id", "token"} & set(found) else []


def form_of(found: Any) -> Any:
    """The form's definition in a payload: itself, or what a webhook brings along."""
    if not isinstance(found, dict):
        return None
    if is_form(found):
        return found
    item = found.get("form_response", found)
    return item.get("definition") if isinstance(item, dict) else None


def is_form(found: dict[str, Any]) -> bool:
    """Whether a payload is the definition of a form, or of a translation."""
    return isinstance(found.get("fields"), list) and "answers" not in found


def land(home: Path, payload: object, definition: object, form_kind: str) -> None:
    """Land a payload as a pull or the receiver would."""
    found = read(payload)
    form = form_of(found) if definition is None else definition
    head: Any = {"form_id": "f", "form_kind": form_kind}
    if form is not None:
        path = packed(home / "form.gz", form if isinstance(form, bytes) else dumped(form))
        warehouse.land_definition(home / "landing", path, **head, fetched_at=AT)
    if isinstance(found, dict) and is_form(found):
        return
    body = payload if isinstance(payload, bytes) else dumped(payload)
    if isinstance(found, dict) and isinstance(found.get("form_response"), dict):
        item = dumped({"response_type": "completed", **found["form_response"]})
        warehouse.land_item(home / "landing", item, **head, source="webhook", received_at=AT)
        return
    if items_of(found) and "items" not in found:
        body = b'{"items":[' + body.removeprefix(b"\xef\xbb\xbf") + b"]}"
    page = packed(home / "page.gz", body)
    files, rejects = warehouse.land_pages(
        home / "landing", [page], **head, source="pull", fetched_at=AT
    )
    is_page = bool(items_of(found)) or (isinstance(found, dict) and found.get("items") == [])
    assert is_page == ("unreadable page" not in [each.reason for each in rejects]), "a page"
    assert len(rejects) == sum(not isinstance(each, dict) for each in items_of(found)) or not files


def packed(path: Path, body: bytes) -> Path:
    """A body as a pull keeps it."""
    path.write_bytes(gzip.compress(body))
    return path


def check_items(connection: duckdb.DuckDBPyConnection, items: list[Any], fields: Fields) -> None:
    """Every item is a response, and its answers are its rows."""
    expected: dict[str, list[list[Row]]] = {}
    for item in items:
        if isinstance(item, dict):
            answers = item.get("answers")
            # Anything where a list should be is one answer, kept as received.
            listed = answers if isinstance(answers, list) else [] if answers is None else [answers]
            rows = [sent(answer, fields) for answer in listed]
            expected.setdefault(name_of(item), []).append(rows)
    # A response without a name goes by its fingerprint.
    nameless = expected.pop("", [])
    stored = stored_rows(connection)
    unnamed = [rows for name, rows in stored.items() if name not in expected]
    assert canonical(unnamed) == canonical(nameless), "responses without a name"
    assert set(stored) - set(expected) <= {n for n in stored if re.fullmatch("[0-9a-f]{32}", n)}
    for name, versions in expected.items():
        assert name in stored, f"response {name[:50]!r} is lost"
        if dense(stored[name]) not in map(dense, versions):
            raise AssertionError(difference(name, versions[-1], stored[name]))
    check_rejects(connection)


def check_rejects(connection: duckdb.DuckDBPyConnection) -> None:
    """Every answer of a type we do not know, and every unreadable one, is counted."""
    kept = connection.execute(
        "select response_key, position, answer_type from staging.answers"
        " where value_json is not null"
    ).fetchall()
    counted = connection.execute(
        "select record_id, at_line, reason from ops.rejects where entity = 'answer'"
    ).fetchall()
    reasons = {False: "unknown answer type", True: "unreadable answer"}
    assert set(counted) == {(key, place, reasons[kind in KNOWN]) for key, place, kind in kept}


def check_questions(connection: duckdb.DuckDBPyConnection, form: Any) -> None:
    """Every question of a form is a row, a parent's questions with it."""
    expected: Row = {}
    # A translation has no types, and is no form; of two fields with one ref the first counts.
    if isinstance(form, dict) and any(field.get("type") for field in form.get("fields") or []):
        for field, _ in nested(form):
            if field.get("type") not in PARENTS:
                expected.setdefault(field.get("ref") or field["id"], field.get("type"))
    rows = connection.execute("select their_ref, field_type from staging.questions").fetchall()
    assert sorted(rows) == sorted(expected.items()), "the form's questions"


def nested(form: Any, *, is_contact: bool = False) -> Iterator[tuple[Row, bool]]:
    """Every field of a definition, and whether it asks for contact details."""
    for field in (form or {}).get("fields") or []:
        yield field, is_contact
        is_parent = is_contact or field.get("type") in ("contact_info", "address")
        yield from nested(field.get("properties"), is_contact=is_parent)


def fields_of(form: Any) -> Fields:
    """Whether a field's answers are withheld, by its ref and by its id; of one ref the first."""
    found: Fields = {}
    refs = set()
    for field, is_contact in nested(form) if isinstance(form, dict) else ():
        if field.get("type") not in PARENTS:
            is_withheld = is_contact or field.get("type") in WITHHELD
            ref = field.get("ref") or field.get("id")
            for name in () if ref in refs else (ref, field.get("id")):
                found[name] = found.get(name, False) or is_withheld
            refs.add(ref)
    return found


def name_of(item: Row) -> str:
    """What a response goes by."""
    for key in ("response_id", "token", "landing_id"):
        name = item.get(key)
        if name not in (None, ""):
            return name if isinstance(name, str) else dense(name)
    return ""


def stored_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """The answers of every response in staging, in order, as `sent` would write them."""
    responses = connection.execute("select response_id from staging.responses").fetchall()
    found: dict[str, list[Row]] = {name: [] for (name,) in responses}
    rows = connection.execute(
        f"select response_id, {', '.join(COLUMNS)} from staging.answers"
        " order by response_id, position"
    ).fetchall()
    for name, *values in rows:
        found[name].append(
            {key: plain(key, each) for key, each in zip(COLUMNS, values, strict=True)}
        )
    return found


def plain(column: str, value: Any) -> Any:
    """A stored value as `sent` would write it."""
    if value is None:
        return None
    if column == "number_value":
        return repr(value)
    if column == "date_value":
        return str(value.isoformat())
    return read(value.encode()) if column == "value_json" else value


def canonical(versions: list[list[Row]]) -> list[str]:
    """Lists of rows so that they compare whatever their order, each once."""
    return sorted({dense(rows) for rows in versions})


def difference(name: str, expected: list[Row], found: list[Row]) -> str:
    """The first thing that is not as it was sent."""
    if len(expected) != len(found):
        return f"response {name[:50]!r} was sent {len(expected)} answers and has {len(found)}"
    for at, (one, other) in enumerate(zip(expected, found, strict=True), 1):
        for column in COLUMNS:
            if dense(one[column]) != dense(other[column]):
                return (
                    f"answer {at} of response {name[:50]!r} was sent {column} = "
                    f"{str(one[column])[:200]!r} and has {str(other[column])[:200]!r}"
                )
    return f"response {name[:50]!r} is none of its versions"
