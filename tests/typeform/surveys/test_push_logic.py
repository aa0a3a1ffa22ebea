"""Whoever answers sees the one block they were invited to, or none, and never too many screens."""

import json
from typing import Any

import pytest

from winloss.typeform.surveys import forms
from winloss.typeform.surveys.authoring import survey
from winloss.typeform.surveys.definition import THANKS, content

KINDS = ["lost_deal", "won_deal", "cancellation", "pulse"]
NO_BLOCK = [None, "", "unheard_of", "Ladder", "ladder "]


def walked(form: dict[str, Any], hidden: dict[str, str | None]) -> list[str]:
    """The screens a respondent sees, as typeform.com/developers/create/logic-jumps tells it.

    After each screen its rules are tried in order; the first that holds leads on, and where
    none does the next screen follows.
    """
    screens = [field["ref"] for field in form["fields"]]
    rules = {rule["ref"]: rule["actions"] for rule in form["logic"]}
    seen: list[str] = []
    here: str | None = screens[0]
    while here is not None:
        assert here not in seen, "a circle"
        seen.append(here)
        following = screens[screens.index(here) + 1 :]
        ways = [
            action["details"]["to"]["value"]
            for action in rules.get(here, [])
            if holds(action["condition"], hidden)
        ]
        here = next(iter([*ways, *following]), None)
    return seen


def holds(condition: dict[str, Any], hidden: dict[str, str | None]) -> bool:
    if condition["op"] == "always":
        return not condition["vars"]
    assert condition["op"] == "equal"
    asked, wanted = condition["vars"]
    assert (asked["type"], wanted["type"]) == ("hidden", "constant")
    return bool(hidden.get(asked["value"]) == wanted["value"])


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_invited_to_a_block_sees_all_of_it_and_of_no_other(kind):
    form, blocks = content(kind), forms.blocks(kind)
    core = walked(form, {})
    asked = survey(form).asked

    for block in blocks:
        seen = walked(form, {"block": block.name})

        shown = [ref for ref, each in asked.items() if each.screen in seen]
        added = [screen for screen in seen if screen not in core]
        assert len(seen) <= 10
        assert len(added) == len(block.screens)
        assert {each.ref for each in block.questions} <= set(shown)
        assert seen == [*core[:-1], *added, core[-1]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("block", NO_BLOCK)
def test_without_a_known_block_every_block_is_skipped(kind, block):
    form = content(kind)
    rotating = {each.ref for found in forms.blocks(kind) for each in found.questions}

    seen = walked(form, {"block": block})

    shown = {ref for ref, each in survey(form).asked.items() if each.screen in seen}
    assert shown.isdisjoint(rotating)
    assert shown | rotating == set(survey(form).asked)
    assert len(seen) <= 10


@pytest.mark.parametrize("kind", KINDS)
def test_the_rules_are_of_the_documented_shape(kind):
    form = content(kind)
    places = {field["ref"] for field in form["fields"]}

    for rule in form["logic"]:
        assert set(rule) == {"type", "ref", "actions"}
        assert rule["type"] == "field"
        assert rule["ref"] in places
        *others, last = rule["actions"]
        assert last["condition"] == {"op": "always", "vars": []}
        assert all(each["condition"]["op"] == "equal" for each in others)
        for action in rule["actions"]:
            assert action["action"] == "jump"
            assert action["details"]["to"]["type"] == "field"
            assert action["details"]["to"]["value"] in places
    assert "block" in form["hidden"]


@pytest.mark.parametrize("kind", forms.kinds())
def test_what_is_sent_invents_no_ids_and_says_every_title(kind):
    form = content(kind)

    def look(part: object) -> None:
        if isinstance(part, dict):
            assert "id" not in part
            assert part.get("title", "said")
            for inner in part.values():
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(form)
    assert not {"_links", "created_at", "last_updated_at", "published_at"} & set(form)
    assert [screen["ref"] for screen in form["thankyou_screens"]] == [THANKS]


def test_recorded_jumps_on_hidden_fields_have_the_same_shape(shared_data):
    path = shared_data / "typeform" / "form_2018_p2pu_wPg50i.json"
    recorded = json.loads(path.read_text("utf-8"))["logic"]
    conditions = [action["condition"] for rule in recorded for action in rule["actions"]]

    found = [each for each in conditions if each["vars"] and each["vars"][0]["type"] == "hidden"]

    ours = content("lost_deal")["logic"][0]
    assert [each["vars"][1]["type"] for each in found] == ["constant"] * len(found)
    assert {each["op"] for each in found} >= {ours["actions"][0]["condition"]["op"]}
    assert {"op": "always", "vars": []} in conditions
