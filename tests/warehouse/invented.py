"""Payloads nobody has seen: every answer type in every shape, and every way to get it wrong."""

import json
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

SCALARS = (
    st.none()
    | st.booleans()
    | st.sampled_from([0, -0.0, 1e308, 5e-324, 2**63, -(2**63), 2**64 - 1, 2**64, 10**40, -7, 4.5])
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=6)
)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "11", "None", "null", "true", "NaN", "a\x00b", "\u202eright to left\u200f",
         "\ud83d", "half \udc00 of one", '{"a": 1}', "[1]", "$.text", "it's", '"', "\\u0000",
         "\\ud83d", "2026-01-01", "x" * 5000, "e\u0301", "\u00e9", "\ufffd"]
    ),
)  # fmt: skip
SMALL = st.recursive(
    SCALARS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(TEXTS | st.sampled_from(["label", "ref", "other"]), inner, max_size=3)
    ),
    max_leaves=6,
)
WORDS = st.lists(TEXTS | st.none(), max_size=4)
CHOICE = st.fixed_dictionaries(
    {},
    optional={
        "id": TEXTS | st.just("other"),
        "ref": TEXTS | st.none(),
        "label": TEXTS | st.none(),
        "other": TEXTS | st.none(),
        "new": SMALL,
    },
)
PARALLEL = st.fixed_dictionaries(
    {},
    optional={
        "ids": WORDS | st.none(),
        "refs": WORDS | st.none(),
        "labels": WORDS | st.none(),
        "other": TEXTS | st.none(),
    },
)
DATES = st.dates().map(str) | st.sampled_from(
    ["2019-03-08T00:00:00Z", "2019-03-08T00:00:00.000Z", "2026-02-30", "0000-01-01", "0001-01-01",
     "9999-12-31", "next spring", "2026-10-01T14:30:00Z", "20260101", "2026-1-1", "infinity",
     "2019-03-08T00:00:00+00:00", "٢٠٢٦-٠١-٠١"]
)  # fmt: skip
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "url": TEXTS,
    "email": TEXTS,
    "file_url": TEXTS,
    "phone_number": TEXTS,
    "number": SCALARS,
    "boolean": st.booleans(),
    "date": DATES,
    "choice": CHOICE,
    "choices": PARALLEL | st.lists(CHOICE, max_size=4),
    "payment": st.just({"amount": "1", "last4": "1234", "name": "n", "success": False}),
    "multi_format": st.just({"video_url": "https://example.com/v", "transcript": "words"}),
    "signature": st.just({"url": "https://example.com/s", "type": "drawn"}),
}
FIELD_TYPES = st.sampled_from(
    ["short_text", "long_text", "number", "rating", "opinion_scale", "nps", "dropdown", "ranking",
     "picture_choice", "multiple_choice", "checkbox", "yes_no", "legal", "date", "email", "payment",
     "file_upload", "matrix", "calendly", "website", "address", "hologram", ""]
)  # fmt: skip
FIELDS = st.one_of(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.sampled_from(["1", "2", "41234567"]),
            "ref": st.sampled_from(["what_happened", "may_see", "a.b", 'q"$[0]', "ß", "1"]),
            "type": FIELD_TYPES,
        },
    ),
    SMALL,
)


@st.composite
def answers(draw: st.DrawFn) -> Any:
    """One answer: mostly of its type, sometimes of another one's shape, or none at all."""
    kind = draw(st.sampled_from(sorted(VALUES)))
    spoilt = draw(st.integers(0, 9))
    value = draw(SMALL if spoilt == 0 else VALUES[kind])
    answer: Json = {"type": kind, kind: value, "field": draw(FIELDS)}
    if spoilt == 1:
        answer["type"] = draw(SMALL | st.sampled_from(["hologram", "$[*", 'a"b', "type", "field"]))
    if spoilt == 2:
        del answer[draw(st.sampled_from(sorted(answer)))]
    if spoilt == 3:
        return draw(SMALL)
    return answer


INSTANTS = st.sampled_from(
    ["2026-10-01T10:00:00Z", "0001-01-01T00:00:00Z", "2026-10-01T10:00:00+02:00", "infinity",
     "2026-10-01T10:00:00", "yesterday", "", "9999-12-31T23:59:59Z", "0000-00-00T00:00:00Z",
     "-infinity", "epoch", 1790000000, None, ["2026"], "2026-10-01T10:00:00.123456789Z"]
)  # fmt: skip
NAMES = st.sampled_from(
    ["r1", "R1", "a/b", "it's", 'qu"ote', "😀", "x" * 10_000, "e\u0301", "\u00e9", "..", "\x00"]
)
HIDDEN = st.one_of(
    st.dictionaries(
        st.sampled_from(["decision_id", "account_id", "respondent", "team", "block", "sig", "a.b"]),
        SMALL,
    ),
    SMALL,
)


@st.composite
def items(draw: st.DrawFn) -> Any:
    """One response, whose parts may each be missing or something else."""
    if draw(st.integers(0, 14)) == 0:
        return draw(SCALARS | TEXTS | st.lists(SMALL, max_size=2))
    item: Json = {
        "response_id": draw(NAMES | st.none() | st.just("")),
        "token": draw(NAMES | st.none()),
        "landed_at": draw(INSTANTS),
        "submitted_at": draw(INSTANTS),
        "staged_at": draw(INSTANTS),
        "response_type": draw(st.sampled_from(["completed", "partial", "started", "new", 5, None])),
        "hidden": draw(HIDDEN),
        "calculated": draw(st.just({"score": 0}) | SMALL),
        "variables": draw(st.just([{"key": "score", "type": "number", "number": 0}]) | SMALL),
        "answers": draw(st.lists(answers(), max_size=8) | st.none() | SMALL),
    }
    for key in draw(st.sets(st.sampled_from(sorted(item)), max_size=4)):
        del item[key]
    return item


FORM_FIELDS = st.recursive(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["1", "2", "41234567"]), "type": FIELD_TYPES},
        optional={
            "ref": st.sampled_from(["what_happened", "may_see", "a.b", "ß", "1"]),
            "title": TEXTS,
            "properties": st.fixed_dictionaries({}, optional={"steps": SMALL}),
        },
    ),
    lambda inner: st.fixed_dictionaries(
        {
            "id": st.sampled_from(["g", "h"]),
            "type": st.sampled_from(["group", "inline_group", "matrix", "contact_info"]),
            "properties": st.fixed_dictionaries({"fields": st.lists(inner, max_size=3)}),
        }
    ),
    max_leaves=4,
)
FORMS = st.none() | st.fixed_dictionaries(
    {"fields": st.lists(FORM_FIELDS, max_size=4)},
    optional={"last_updated_at": INSTANTS, "title": TEXTS},
)


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    """A page as it came over the wire, however it was laid out, doubled or damaged."""
    found = draw(st.lists(items(), max_size=6))
    texts = [
        json.dumps(item, indent=draw(st.sampled_from([None, 2])), ensure_ascii=True).encode()
        for item in found
    ]
    oddity = draw(st.integers(0, 6))
    if oddity == 0:
        texts.append(b'{"response_id":"twice","answers":[],"answers":[{"type":"text","text":"a"}]}')
    if oddity == 1:
        texts.append(b'{"response_id":"bytes","answers":[{"type":"text","text":"\xff\xfe\x01"}]}')
    if oddity == 2:
        texts.append(
            b'{"response_id":"numbers","answers":[{"type":"number","number":1e400},'
            b'{"type":"number","number":NaN},{"type":"number","number":' + b"9" * 5000 + b"},"
            b'{"type":"number","number":-0.0},{"type":"number","number":0.10000000000000000000001}]}'
        )
    if oddity == 3:
        texts.append(
            b'{"response_id":"deep","hidden":' + b"[" * 300 + b"]" * 300 + b',"answers":[]}'
        )
    return b'{"total_items":7,"items":[' + b",".join(texts) + b"]}"
