"""What an answer as Typeform sent it says, told apart from the product: the law's left side."""

import json
import math
import re
from datetime import date
from typing import Any

WITHHELD = {
    "email", "phone_number", "file_url", "payment", "signature", "multi_format", "contact_info",
    "address", "file_upload",
}  # fmt: skip
DATE = re.compile(r"(\d{4}-\d\d-\d\d)(T00:00:00(\.0+)?(Z|\+00:00))?", re.ASCII)
COLUMNS = (
    "text_value", "number_value", "boolean_value", "date_value", "choice_refs", "choice_labels",
    "other_text", "value_json", "is_withheld",
)  # fmt: skip
Row = dict[str, Any]
Fields = dict[Any, bool]


def dense(value: object) -> str:
    """A value as JSON without blanks."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sent(answer: Any, fields: Fields) -> Row:
    """What an answer as received says, in the columns of staging.answers."""
    row = dict.fromkeys(COLUMNS) | {"is_withheld": False}
    if not isinstance(answer, dict):
        return row | {"value_json": answer}
    said = answer.get("type")
    kind = said if isinstance(said, str) else ""
    field = answer["field"] if isinstance(answer.get("field"), dict) else {}
    names = [field.get(key) for key in ("ref", "id")]
    is_named = any(fields.get(name, False) for name in names if isinstance(name, str) and name)
    if kind in WITHHELD or dense(field.get("type")).strip('"') in WITHHELD or is_named:
        return row | {"is_withheld": True}
    typed, is_whole = typed_value(kind, answer.get(kind))
    return row | typed | ({} if is_whole else {"value_json": answer})


def typed_value(kind: str, value: Any) -> tuple[Row, bool]:
    """The typed columns of a value, and whether they hold all of it."""
    if kind == "choice":
        return picked_one(value)
    if kind == "choices":
        return picked_listed(value) if isinstance(value, list) else picked_parallel(value)
    row: Row = {}
    if kind in ("text", "url") and isinstance(value, str):
        row = {"text_value": value}
    elif kind == "boolean" and isinstance(value, bool):
        row = {"boolean_value": value}
    elif kind == "number" and is_number(value):
        row = {"number_value": repr(float(value))}
        return row, not isinstance(value, int) or int(float(value)) == value
    elif kind == "date" and is_date(value):
        row = {"date_value": value[:10]}
    return row, bool(row)


def is_number(value: Any) -> bool:
    """Whether a value is a number that has a nearest double."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def is_date(value: Any) -> bool:
    """Whether a value is a day, in one of the two ways Typeform writes one."""
    if not isinstance(value, str) or not DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True


def words(choice: Any, key: str) -> str | None:
    """A text inside a choice; nothing where it is none."""
    value = choice.get(key) if isinstance(choice, dict) else None
    return value if isinstance(value, str) else None


def ref_of(choice: Any) -> str | None:
    """What a choice goes by; beside typed words the id "other" names none."""
    is_other = isinstance(choice, dict) and "other" in choice and words(choice, "id") == "other"
    return words(choice, "ref") or (None if is_other else words(choice, "id")) or None


def is_choice(choice: Any) -> bool:
    """Whether an object is a choice and nothing but texts."""
    if not isinstance(choice, dict):
        return False
    texts = [value for value in choice.values() if value is not None]
    is_known = choice.keys() <= {"label", "ref", "id", "other"}
    return bool(texts) and is_known and all(isinstance(value, str) for value in texts)


def picked_one(value: Any) -> tuple[Row, bool]:
    """The columns of a single choice."""
    ref, label, other = ref_of(value), words(value, "label"), words(value, "other")
    refs = None if other is not None and ref is None else [ref] if ref else []
    labels = [] if label is None else [label]
    row = {"choice_refs": refs, "choice_labels": labels, "other_text": other}
    return row, is_choice(value)


def picked_listed(value: list[Any]) -> tuple[Row, bool]:
    """The columns of choices that came as a list of objects."""
    ticked = [each for each in value if words(each, "other") is None or ref_of(each)]
    typed = [other for each in value if (other := words(each, "other")) is not None]
    row = {
        "choice_refs": [ref_of(each) for each in ticked],
        "choice_labels": [words(each, "label") for each in ticked],
        "other_text": "; ".join(typed) if typed else None,
    }
    return row, len(typed) <= 1 and all(is_choice(each) for each in value)


def picked_parallel(value: Any) -> tuple[Row, bool]:
    """The columns of choices that came as parallel arrays."""
    found = value if isinstance(value, dict) else {}
    refs, ids, labels = (all_words(found.get(key)) for key in ("refs", "ids", "labels"))
    if refs is None:
        refs = ids
    else:
        spare = [*(ids or []), *[None] * len(refs)]
        refs = [ref if ref is not None else spare[at] for at, ref in enumerate(refs)]
    row = {"choice_refs": refs, "choice_labels": labels, "other_text": words(found, "other")}
    parts = [found.get(key) for key in ("labels", "refs", "ids")]
    is_whole = (
        found.keys() <= {"labels", "refs", "ids", "other"}
        and any(part is not None for part in (*parts, found.get("other")))
        and isinstance(found.get("other"), str | None)
        and all(part is None or is_all_words(part) for part in parts)
    )
    return row, is_whole


def all_words(value: Any) -> list[str | None] | None:
    """The texts of a list; nothing where there is no list."""
    if not isinstance(value, list):
        return None
    return [each if isinstance(each, str) else None for each in value]


def is_all_words(value: Any) -> bool:
    """Whether a value is a list of texts, some of them absent."""
    return isinstance(value, list) and all(isinstance(each, str | None) for each in value)
