"""What differs between a form at Typeform and the form as code is said exactly."""

import copy
from typing import Any

import pytest

from winloss.typeform.surveys import changes, forms
from winloss.typeform.surveys.authoring import survey, walk
from winloss.typeform.surveys.definition import content, definition
from winloss.typeform.surveys.difference import CLOSED
from winloss.typeform.surveys.differences import differences

Json = dict[str, Any]


def field(form: Json, ref: str) -> Json:
    """A field of a definition, wherever it stands."""
    return next(each for each in walk(form) if each["ref"] == ref)


def take(form: Json, ref: str) -> Json:
    """The same, taken out of its place."""
    taken = field(form, ref)
    for holder in (form, *(each["properties"] for each in walk(form))):
        if taken in holder.get("fields", []):
            holder["fields"].remove(taken)
    return taken


def told(form: Json, kind: str = "lost_deal") -> list[str]:
    return [each.text for each in differences(survey(form), survey(content(kind)))]


@pytest.fixture
def theirs() -> Json:
    return copy.deepcopy(definition("lost_deal", "Lost1"))


@pytest.mark.parametrize("kind", forms.kinds())
def test_a_form_given_back_as_it_was_sent_differs_in_nothing(kind):
    assert told(definition(kind, "F"), kind) == []


def test_what_typeform_adds_by_itself_is_no_difference(theirs):
    theirs |= {"theme": {"href": "t"}, "variables": {"score": 0}, "welcome_screens": [{"ref": "w"}]}
    theirs["settings"] |= {"progress_bar": "proportion", "meta": {"allow_indexing": False}}
    theirs["hidden"].append("utm_source")
    theirs["thankyou_screens"].append({"ref": "other", "title": "Elsewhere"})
    for each in theirs["fields"]:
        each |= {"id": f"new{each['ref']}", "layout": {"type": "stack"}, "attachment": {}}
        each["validations"] = each.get("validations", {}) | {"max_length": 5}
    for each in field(theirs, "reason_chosen")["properties"]["choices"]:
        each["attachment"] = {"type": "image"}

    assert told(theirs) == []


def edit(ref: str, **changes: Any):
    return lambda form: field(form, ref).update(changes)


def reword(ref: str, **changes: Any):
    return lambda form: field(form, ref)["properties"].update(changes)


def choices(form: Json) -> Any:
    return field(form, "outcome_said")["properties"]["choices"]


def move(ref: str, place: int):
    return lambda form: form["fields"].insert(place, take(form, ref))


def jumps(form: Json) -> Any:
    return form["logic"][0]["actions"]


def lead_elsewhere(form: Json) -> None:
    jumps(form)[0]["details"]["to"]["value"] = "call_me_screen"


def skip_all(form: Json) -> None:
    jumps(form).insert(0, jumps(form).pop())


def add_jump(form: Json) -> None:
    to = {"to": {"type": "thankyou", "value": "default_tys"}}
    asked = [{"type": "field", "value": "what_happened"}, {"type": "constant", "value": "no"}]
    when = {"op": "equal", "vars": asked}
    action = {"action": "jump", "details": to, "condition": when}
    form["logic"].append({"type": "field", "ref": "what_happened", "actions": [action]})


EDITS = [
    (lambda form: take(form, "goal"), 'goal is not asked: "What were you trying to achieve?"'),
    (edit("goal", type="short_text"), "goal is short_text, not long_text"),
    (reword("felt_respected", steps=10), "felt_respected runs from 1 to 10, not from 1 to 5"),
    (
        reword("felt_respected", start_at_one=False),
        "felt_respected runs from 0 to 4, not from 1 to 5",
    ),
    (
        reword("felt_respected", labels={"left": "No", "right": "Fully"}),
        'felt_respected: the ends of its scale read "No" and "Fully", not "Not at all" and "Fully"',
    ),
    (lambda form: form["hidden"].remove("block"), "the hidden field block is missing"),
    (
        lambda form: jumps(form).pop(0),
        "after satisfaction_screen, the jump to rate_value_screen if block is drivers is missing",
    ),
    (
        lead_elsewhere,
        (
            "after satisfaction_screen, the jump if block is drivers leads to call_me_screen, "
            "not to rate_value_screen"
        ),
    ),
    (
        lambda form: jumps(form).pop(),
        "after satisfaction_screen, the jump to call_me_screen in every other case is missing",
    ),
    (
        skip_all,
        ("after satisfaction_screen, the jump in every other case comes too early"),
    ),
    (
        add_jump,
        (
            "after what_happened, the jump to the end (default_tys) "
            "if the answer to what_happened is no is not ours"
        ),
    ),
    (
        lambda form: choices(form).pop(1),
        'outcome_said: the choice no_decision is missing: "We left things as they are, for now"',
    ),
    (
        lambda form: choices(form).append({"id": "x", "ref": "pink", "label": "Pink"}),
        'outcome_said: the choice pink is not ours: "Pink"',
    ),
    (
        lambda form: choices(form)[0].update(label="Another"),
        'outcome_said: the choice competitor reads "Another", not "We chose another supplier"',
    ),
    (
        lambda form: choices(form).insert(0, choices(form).pop()),
        "outcome_said: the choice prefer_not stands in another place",
    ),
    (
        lambda form: form["settings"].update(is_public=False),
        "nobody can answer it: open and publish it in Typeform",
    ),
    (
        lambda form: form.pop("published_at"),
        "nobody can answer it: open and publish it in Typeform",
    ),
    (
        lambda form: form["fields"].append(
            {"id": "n", "ref": "more", "type": "nps", "title": "And?"}
        ),
        'more is asked and not ours (nps): "And?"',
    ),
    (
        reword("outcome_said", allow_multiple_selection=True),
        "outcome_said takes several choices; the file says it takes one",
    ),
    (
        reword("reason_chosen", allow_other_choice=False),
        (
            "reason_chosen takes the listed choices alone; "
            "the file says it takes an answer in their own words"
        ),
    ),
    (
        edit("goal", validations={"required": True}),
        "goal must be answered; the file says it may be skipped",
    ),
    (
        edit("goal", title="Why\nus?"),
        'goal reads "Why us?", not "What were you trying to achieve?"',
    ),
    (
        reword("what_happened", description=""),
        (
            "what_happened: its description reads nothing, "
            'not "Whatever comes to mind first. A sentence is enough."'
        ),
    ),
    (
        reword("reason_chosen", randomize=False),
        "reason_chosen is not shuffled; the file says it is shuffled",
    ),
    (
        move("reason_chosen", 0),
        "reason_chosen stands in another place; it should follow competitor_said",
    ),
    (
        lambda form: form.update(title="Tell us"),
        'the form is named "Tell us", not "How you decided"',
    ),
    (
        edit("goal_screen", title="More"),
        'the screen goal_screen is headed "More", not "A few questions"',
    ),
    (
        lambda form: form["thankyou_screens"][0].update(title="Bye"),
        'it ends with "Bye", not "Thank you. A person reads every answer."',
    ),
]


@pytest.mark.parametrize(("change", "said"), EDITS, ids=range(len(EDITS)))
def test_one_edit_is_one_line(theirs, change, said):
    change(theirs)

    assert told(theirs) == [said]


@pytest.mark.parametrize(("change", "said"), EDITS, ids=range(len(EDITS)))
def test_of_each_it_is_said_what_a_push_does_about_it(theirs, change, said):
    change(theirs)

    found = differences(survey(theirs), survey(content("lost_deal")))
    done = [line.split()[0] for line in changes.planned(found)]

    assert len(done) == (said != CLOSED)
    assert set(done) <= {"add", "remove", "reword", "make", "change", "move", "lead", "take"}


def test_the_same_question_under_another_ref_is_one_difference(theirs):
    field(theirs, "goal")["ref"] = "goal_2026"

    assert told(theirs) == ["ref goal became goal_2026: name it goal again in Typeform"]


def test_which_of_two_alike_it_became_nobody_can_say(theirs):
    field(theirs, "goal")["ref"] = "goal_2026"
    theirs["fields"].append(field(theirs, "goal_2026") | {"ref": "goal_2027"})

    assert [line.split(" is ")[0] for line in told(theirs)] == ["goal", "goal_2026", "goal_2027"]
