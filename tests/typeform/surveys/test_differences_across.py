"""Differences across questions, in recorded definitions and in odd ones."""

import copy
import json
from typing import Any

import pytest

from winloss.typeform.surveys.authoring import survey, walk
from winloss.typeform.surveys.definition import content, definition
from winloss.typeform.surveys.difference import What, moved
from winloss.typeform.surveys.differences import differences

Json = dict[str, Any]


def told(form: Json) -> list[str]:
    return [each.text for each in differences(survey(form), survey(content("lost_deal")))]


def field(form: Json, ref: str) -> Json:
    return next(each for each in walk(form) if each["ref"] == ref)


@pytest.fixture
def theirs() -> Json:
    return copy.deepcopy(definition("lost_deal", "Lost1"))


def test_questions_that_leave_their_screen_are_named_with_those_they_leave(theirs):
    theirs["fields"].insert(5, field(theirs, "goal_screen")["properties"]["fields"].pop())

    assert told(theirs) == [
        "goal is shown alone, not beside missed",
        "missed is shown alone, not beside goal",
    ]


def test_a_group_shows_one_after_another_what_belongs_on_one_screen(theirs):
    field(theirs, "goal_screen")["type"] = "group"

    assert told(theirs) == [
        "goal is shown as a part of a group, not beside missed",
        "missed is shown as a part of a group, not beside goal",
    ]


def test_the_most_serious_comes_first(theirs):
    field(theirs, "what_happened")["title"] = "Why?"
    theirs["hidden"].remove("sig")
    field(theirs, "decisive")["type"] = "short_text"
    field(theirs, "goal_screen")["properties"]["fields"].pop(0)

    found = [each.what for each in differences(survey(theirs), survey(content("lost_deal")))]

    assert found == [What.MISSING, What.TYPE, What.HIDDEN, What.TITLE]


@pytest.mark.parametrize(
    ("theirs", "ours", "out_of_place"),
    [
        ("abcd", "abcd", ""),
        ("dabc", "abcd", "d"),
        ("bcda", "abcd", "a"),
        ("xbyca", "abcd", "a"),
        ("dcba", "abcd", "abc"),
        ("", "abcd", ""),
    ],
)
def test_no_more_is_said_to_be_moved_than_was(theirs, ours, out_of_place):
    assert len(moved([*theirs], [*ours])) == len(out_of_place)


def test_recorded_definitions_can_all_be_compared(shared_data):
    recorded = [
        json.loads(path.read_text("utf-8"))
        for path in sorted((shared_data / "typeform").glob("form_*.json"))
    ]

    assert len(recorded) > 10
    for form in recorded:
        itself = [
            each for each in differences(survey(form), survey(form)) if each.what is not What.CLOSED
        ]
        assert itself == []
        assert len(told(form)) > 20


def test_a_question_inside_a_recorded_group_is_found(shared_data):
    path = shared_data / "typeform" / "form_group_file_upload_logic.json"

    found = survey(json.loads(path.read_text("utf-8")))

    inside = found.asked["question-group-yes-no-typeform"]
    assert (inside.screen, inside.screen_type) == ("question-group-typeform", "group")
    assert len(found.jumps["number-typeform"]) == 3


@pytest.mark.parametrize("odd", [None, [], {}, "text", 7, [None, 3, "x", []], {"fields": 1}])
def test_what_is_odd_in_a_definition_counts_as_left_out(theirs, odd):
    for name in list(theirs):
        assert isinstance(told(theirs | {name: odd}), list)
    first = theirs["fields"][0]
    for name in list(first):
        kept = {**first, name: odd}
        assert isinstance(told(theirs | {"fields": [kept, *theirs["fields"][1:]]}), list)
    for name in ("actions", "ref"):
        assert isinstance(told(theirs | {"logic": [{**theirs["logic"][0], name: odd}]}), list)
