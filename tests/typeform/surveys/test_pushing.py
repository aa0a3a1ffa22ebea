"""A push makes the form at Typeform say what the file says, and keeps all it does not state."""

import pytest
from tests.typeform.surveys.pushed import (
    Json,
    answer,
    answered,
    connected_to,
    copied,
    field,
    forgetful,
    nothing_landed,
    without,
    written,
)

from winloss.errors import TypeformError
from winloss.typeform.api.client import Client
from winloss.typeform.surveys import forms, making, pushing
from winloss.typeform.surveys.authoring import survey, walk
from winloss.typeform.surveys.definition import content
from winloss.typeform.surveys.overlay import overlaid


def push(client: Client, form_id: str) -> None:
    plan = pushing.planned(client, form_id, "lost_deal")
    pushing.refuse_losses(client, plan, nothing_landed)
    assert pushing.update(client, plan) == ()


def ids(form: Json) -> dict[str, str]:
    """Every field's and choice's id by its ref, a choice's behind its question's."""
    found = {}
    for each in walk(form):
        found[each["ref"]] = each["id"]
        for choice in each.get("properties", {}).get("choices", []):
            found[f"{each['ref']}.{choice['ref']}"] = choice["id"]
    return found


@pytest.mark.parametrize("kind", forms.kinds())
def test_a_form_just_made_differs_in_nothing(client, kind):
    form_id = making.create(client, kind)

    assert pushing.compared(pushing.fetch(client, form_id), kind) == ()


def test_what_the_file_does_not_state_stays_as_it_was(sandbox, client, lost):
    form = copied(sandbox, lost)
    form |= {
        "title": "Tell us",
        "theme": {"href": "https://api.typeform.com/themes/ours"},
        "workspace": {"href": "https://api.typeform.com/workspaces/ours"},
        "welcome_screens": [{"id": "w", "ref": "hello", "title": "Hello", "properties": {}}],
        "variables": {"score": 3},
        "hidden": ["utm_source", "account_id"],
    }
    form["settings"] |= {"progress_bar": "percentage", "language": "de"}
    form["thankyou_screens"].insert(0, {"id": "e", "ref": "other", "title": "Elsewhere"})
    form["thankyou_screens"][1] |= {"title": "Bye", "attachment": {"type": "image", "href": "i"}}
    field(form, "what_happened").update(layout={"type": "split"}, attachment={"type": "image"})
    field(form, "what_happened")["validations"] = {"required": False, "max_length": 900}
    field(form, "reason_chosen")["properties"]["choices"][0] |= {"attachment": {"type": "image"}}
    field(form, "missed")["properties"] = {"description": "One thing is enough."}
    without(form, "goal")
    sandbox.put_form(lost, form)

    push(client, lost)

    after = sandbox.form(lost)
    same = ("theme", "workspace", "welcome_screens", "variables", "settings", "created_at")
    assert {name: after[name] for name in same} == {name: form[name] for name in same}
    assert after["title"] == "How you decided"
    assert after["hidden"][0] == "utm_source"
    assert set(content("lost_deal")["hidden"]) <= set(after["hidden"])
    assert [each["title"] for each in after["thankyou_screens"]] == [
        "Elsewhere",
        content("lost_deal")["thankyou_screens"][0]["title"],
    ]
    assert after["thankyou_screens"][1]["attachment"] == {"type": "image", "href": "i"}
    opening = field(after, "what_happened")
    assert opening["layout"] == {"type": "split"}
    assert opening["attachment"] == {"type": "image"}
    assert opening["validations"] == {"required": True, "max_length": 900}
    assert field(after, "reason_chosen")["properties"]["choices"][0]["attachment"]


def test_every_question_and_choice_that_stays_keeps_its_id(sandbox, client, lost):
    before = ids(sandbox.form(lost))
    form = copied(sandbox, lost)
    without(form, "goal")
    field(form, "decisive")["properties"]["choices"].pop()
    field(form, "missed")["title"] = "What else?"
    sandbox.put_form(lost, form)

    push(client, lost)

    after = ids(sandbox.form(lost))
    added = {"goal", "decisive.no"}
    assert set(after) == set(before)
    assert {ref: after[ref] for ref in set(before) - added} == {
        ref: before[ref] for ref in set(before) - added
    }


def test_what_typeform_says_of_a_form_is_not_sent_back(sandbox, lost):
    body = overlaid(sandbox.form(lost), content("lost_deal"))

    assert not {"id", "_links", "created_at", "last_updated_at", "published_at"} & set(body)


def test_answers_outlive_a_push(sandbox, client, lost):
    form = copied(sandbox, lost)
    said = [
        answer(form, "what_happened", "text", "It was the price."),
        answer(form, "missed", "text", "Our deadline."),
        answer(form, "felt_respected", "number", 4),
    ]
    for response_type in ("completed", "partial", "started"):
        answered(sandbox, lost, *said, response_type=response_type)
    field(form, "missed")["title"] = "What else?"
    form["fields"].reverse()
    form["hidden"].remove("sig")
    sandbox.put_form(lost, form)

    push(client, lost)

    kept = [client.has_answers(lost, [each["field"]["id"]]) for each in said]
    assert kept == [{each["field"]["id"]} for each in said]


def test_a_form_changed_in_between_is_left_alone(sandbox, client, lost):
    form = copied(sandbox, lost) | {"title": "Tell us"}
    sandbox.put_form(lost, form)
    plan = pushing.planned(client, lost, "lost_deal")
    field(form, "goal")["title"] = "What else did you want?"
    sandbox.put_form(lost, form)
    already = written(sandbox)

    with pytest.raises(TypeformError, match=f"Form {lost} was changed in Typeform while"):
        pushing.update(client, plan)

    assert written(sandbox) == already
    assert sandbox.form(lost) == form


def test_rules_that_reckon_stay_and_foreign_jumps_go(sandbox, client, lost):
    form = copied(sandbox, lost)
    reckon = {
        "action": "add",
        "details": {"target": {"type": "variable", "value": "score"}},
        "condition": {"op": "always", "vars": []},
    }
    to = {"to": {"type": "field", "value": "missed"}}
    jump = {"action": "jump", "details": to, "condition": {"op": "always", "vars": []}}
    for ref in ("what_happened", "satisfaction_screen"):
        form["logic"].append({"type": "field", "ref": ref, "actions": [reckon, jump]})
    form["fields"].append({"id": "q", "ref": "more", "type": "yes_no", "title": "More?"})
    form["logic"].append({"type": "field", "ref": "more", "actions": [reckon]})
    sandbox.put_form(lost, form)

    push(client, lost)

    after = sandbox.form(lost)["logic"]
    kept = [rule["ref"] for rule in after if reckon in rule["actions"]]
    assert sorted(kept) == ["satisfaction_screen", "what_happened"]
    assert survey(sandbox.form(lost)).jumps == survey(content("lost_deal")).jumps


def test_a_question_taken_for_a_new_one_is_told(sandbox, lost):
    before = survey(sandbox.form(lost))
    form = copied(sandbox, lost)
    field(form, "goal")["id"] = "another"

    with pytest.raises(TypeformError, match=f"took goal of form {lost} for new"):
        pushing._check_ids(lost, before, survey(form))
    field(form, "goal")["type"] = "short_text"  # nobody had answered it, or it were refused
    pushing._check_ids(lost, before, survey(form))


def test_a_typeform_that_forgets_the_ids_it_is_sent_is_caught(sandbox, lost):
    sandbox.put_form(lost, copied(sandbox, lost) | {"title": "Tell us"})

    with forgetful(sandbox) as base_url, connected_to(base_url) as client:
        plan = pushing.planned(client, lost, "lost_deal")

        with pytest.raises(TypeformError, match=f"took what_happened, .* of form {lost} for new"):
            pushing.update(client, plan)
