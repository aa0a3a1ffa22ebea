"""The sample in Typeform: items, pages and signatures as the real one gives them."""

import json
from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest

from winloss import sample

Item = dict[str, Any]
MONDAY = date(2026, 9, 28)


TYPES = {
    "long_text": "text",
    "short_text": "text",
    "multiple_choice": "choice",
    "opinion_scale": "number",
    "yes_no": "boolean",
    "date": "date",
}


def _fields(programme: Any, kind: str) -> dict[str, Item]:
    path = programme.home / "typeform" / "forms" / f"{sample.FORM_IDS[kind]}.json"
    found = []
    for field in json.loads(path.read_bytes())["fields"]:
        found += field["properties"].get("fields", [field])
    return {field["ref"]: field for field in found}


@pytest.mark.parametrize("preset", ["full", "small"])
def test_answers_exist_in_their_forms(preset: sample.Preset, full: Any, small: Any) -> None:
    """Every answer's field and choice is in the form, with its id, ref, type and label."""
    programme = {"full": full, "small": small}[preset]

    for kind, item in programme.items():
        known = _fields(programme, kind)
        answered = [answer["field"]["ref"] for answer in item["answers"]]
        assert len(answered) == len(set(answered))
        for answer in item["answers"]:
            field = known[answer["field"]["ref"]]
            assert {name: field[name] for name in ("id", "type", "ref")} == answer["field"]
            several = field["properties"].get("allow_multiple_selection", False)
            assert answer["type"] == ("choices" if several else TYPES[field["type"]])
            if several:
                refs = [choice["ref"] for choice in field["properties"]["choices"]]
                assert answer["choices"]["refs"]
                assert set(answer["choices"]["refs"]) <= set(refs)
            elif answer["type"] == "choice":
                assert answer["choice"] in field["properties"]["choices"]
            elif answer["type"] == "number":
                assert answer["number"] in range(1, field["properties"]["steps"] + 1)


def test_items_have_the_recorded_shape(full: Any) -> None:
    """Ids are 32 hex digits three times over; a partial one was staged, never submitted."""
    items = [item for _, item in full.items()]

    for item in items:
        assert item["landing_id"] == item["token"] == item["response_id"]
        assert len(item["token"]) == 32
        assert int(item["token"], 16) >= 0
        is_partial = item["response_type"] == "partial"
        assert is_partial == ("staged_at" in item) == ("submitted_at" not in item)

    states = defaultdict(list)
    for item in items:
        states[item["response_id"]].append(item["response_type"])
    assert Counter(map(tuple, states.values())) == {
        ("completed",): len(states) - 3,
        ("partial",): 2,
        ("completed", "partial"): 1,
    }


def test_pages_say_how_many(full: Any) -> None:
    """Each page carries the totals of its form, newest first throughout."""
    for form_id in sample.FORM_IDS.values():
        paths = sorted(
            (full.home / "typeform" / "responses" / form_id).glob("page_*.json"),
            key=lambda path: int(path.stem.removeprefix("page_")),
        )
        pages = [json.loads(path.read_bytes()) for path in paths]
        items = [item for page in pages for item in page["items"]]

        instants = [item.get("submitted_at") or item["staged_at"] for item in items]
        assert {page["total_items"] for page in pages} == {len(items)}
        assert {page["page_count"] for page in pages} == {len(pages)}
        assert instants == sorted(instants, reverse=True)


def test_signatures(full: Any, small: Any) -> None:
    """Every response is signed but one; one more carries a made-up signature."""
    found = Counter(full.signature(item) for _, item in full.items())

    assert found["missing"] == found["false"] == 1
    assert found["valid"] > 300
    assert {full.signature(item) for _, item in small.items()} == {"valid"}


def test_no_names_in_hidden_fields(full: Any) -> None:
    """A link carries opaque ids only; pulses and staff's answers carry no decision."""
    names = {row["Full Name"] for row in full.rows("contacts.csv")}

    for kind, item in full.items():
        hidden = item["hidden"]
        assert hidden["form_kind"] == kind
        assert ("decision_id" in hidden) == (kind not in {"pulse", "staff"})
        assert not names & set(hidden.values())
