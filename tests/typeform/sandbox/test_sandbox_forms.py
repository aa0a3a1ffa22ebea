"""The loopback Typeform keeps the Create API's rules."""

import json
from datetime import UTC, datetime

import pytest

from winloss.typeform.surveys.definition import definition


def _question(title="Why?", **more):
    return {"title": title, "type": "long_text"} | more


def _nothing_else(form):
    """A form as its author would write it: without what Typeform adds."""
    return {name: form[name] for name in ("title", "hidden", "fields", "logic") if name in form}


@pytest.fixture
def made(ask):
    """Make a form through the API; what GET says of it then."""

    def make(**form):
        answer = ask("/forms", "POST", json={"title": "Made"} | form)
        assert answer.status_code == 201, answer.text
        return ask(f"/forms/{answer.json()['id']}").json()

    return make


def test_a_created_form_gets_ids_refs_links_and_an_ending(ask):
    field = _question(type="multiple_choice", properties={"choices": [{"label": "Yes"}]})

    answer = ask("/forms", "POST", json={"title": "New", "fields": [field]})

    form = ask(f"/forms/{answer.json()['id']}").json()
    (asked,) = form["fields"]
    assert answer.headers["Location"].endswith(f"/forms/{form['id']}")
    assert len(asked["id"]) == len(asked["properties"]["choices"][0]["id"]) == 12
    assert asked["ref"] != asked["properties"]["choices"][0]["ref"]
    assert asked["validations"] == {"required": False}
    assert form["_links"]["responses"].endswith(f"/forms/{form['id']}/responses")
    assert [ending["ref"] for ending in form["thankyou_screens"]] == ["default_tys"]


def test_replies_to_writing_say_no_times_as_recorded(ask, shared_data):
    recorded = json.loads((shared_data / "typeform" / "form_2026_created.json").read_text())

    reply = ask("/forms", "POST", json={"title": "New", "fields": [_question()]}).json()

    assert set(reply) == set(recorded)
    assert set(ask(f"/forms/{reply['id']}").json()) - set(reply) == {
        "created_at",
        "last_updated_at",
        "published_at",
    }


def test_our_own_forms_are_accepted_and_come_back_as_sent(made):
    for kind in ("lost_deal", "cancellation"):
        form = _nothing_else(definition(kind, "any"))

        again = made(**form)

        assert [field["ref"] for field in again["fields"]] == [f["ref"] for f in form["fields"]]
        assert again.get("logic") == form.get("logic")
        assert again["hidden"] == form["hidden"]


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ({"title": ""}, "/title"),
        ({"title": None}, "/title"),
        ({"fields": ["Why?"]}, "/fields/0"),
        ({"fields": [_question(properties=["a"])]}, "/fields/0/properties"),
        ({"fields": [{"type": "long_text"}]}, "/fields/0/title"),
        ({"fields": [{"title": "Why?"}]}, "/fields/0/type"),
        ({"fields": [_question(type="essay")]}, "/fields/0/type"),
        ({"fields": [_question(ref="a"), _question(ref="a")]}, "/fields/1/ref"),
        (
            {"fields": [_question(properties={"fields": [_question()]})]},
            "/fields/0/properties/fields",
        ),
        (
            {"fields": [_question(properties={"choices": [{"label": "Yes"}]})]},
            "/fields/0/properties/choices",
        ),
        (
            {"fields": [_question(type="dropdown", properties={"choices": [{"ref": "yes"}]})]},
            "/fields/0/properties/choices/0/label",
        ),
        ({"logic": [{"type": "field", "ref": "nobody"}]}, "/logic/0/ref"),
        (
            {
                "fields": [_question(ref="a")],
                "logic": [
                    {
                        "type": "field",
                        "ref": "a",
                        "actions": [{"details": {"to": {"type": "field", "value": "nobody"}}}],
                    }
                ],
            },
            "/logic/0/actions",
        ),
    ],
)
def test_a_form_that_contradicts_itself_is_refused_with_the_place(ask, form, place):
    before = ask("/forms").json()["total_items"]

    answer = ask("/forms", "POST", json={"title": "Made"} | form)

    assert (answer.status_code, answer.json()["details"][0]["field"]) == (400, place)
    assert answer.json()["details"][0]["in"] == "body"
    assert ask("/forms").json()["total_items"] == before


def test_a_ref_may_not_be_asked_again_inside_a_group(ask):
    group = _question(type="group", properties={"fields": [_question(ref="a")]})

    answer = ask("/forms", "POST", json={"title": "Made", "fields": [_question(ref="a"), group]})

    assert answer.status_code == 400


def test_a_refusal_looks_as_it_was_quoted(ask):
    """The body quoted in a thread of Typeform's own client."""
    refused = ask("/forms", "POST", json={}).json()

    assert refused == {
        "code": "VALIDATION_ERROR",
        "description": "The payload is invalid.",
        "details": [
            {
                "code": "REQUIRED_PROPERTY",
                "description": "should have required property 'title'",
                "field": "/title",
                "in": "body",
            }
        ],
    }


def test_a_body_that_is_no_json_is_refused(ask):
    assert ask("/forms", "POST", data="{").json()["code"] == "INVALID_JSON"
    assert ask("/forms", "POST", data="[]").status_code == 400


@pytest.fixture
def answered_form(made, sandbox, response):
    """A form of two questions, one in a group, both answered."""
    inner = _question(ref="inner")
    group = {"title": "", "type": "inline_group", "ref": "group", "properties": {"fields": [inner]}}
    form = made(fields=[_question(ref="outer"), group])
    (inside,) = form["fields"][1]["properties"]["fields"]
    answers = [
        {"type": "text", "text": field["ref"], "field": {"id": field["id"], "ref": field["ref"]}}
        for field in (form["fields"][0], inside)
    ]
    sandbox.put(form["id"], response("t", answers=answers))
    return form


def _answered_refs(ask, form):
    (item,) = ask(f"/forms/{form['id']}/responses").json()["items"]
    return [answer["field"]["ref"] for answer in item["answers"]]


def test_a_question_that_keeps_its_id_keeps_its_answers(ask, answered_form):
    ask(f"/forms/{answered_form['id']}", "PUT", json=_nothing_else(answered_form))

    assert _answered_refs(ask, answered_form) == ["outer", "inner"]


@pytest.mark.parametrize(
    ("kept", "left"), [((0,), ["outer"]), ((1,), ["inner"]), ((), [])], ids=str
)
def test_a_question_left_out_takes_its_answers_with_it(ask, answered_form, kept, left):
    fields = [answered_form["fields"][place] for place in kept]

    ask(f"/forms/{answered_form['id']}", "PUT", json={"title": "After", "fields": fields})

    assert _answered_refs(ask, answered_form) == left


def test_a_question_sent_without_its_id_is_a_new_one_and_the_old_one_is_gone(ask, answered_form):
    outer, group = answered_form["fields"]
    bare = {name: value for name, value in outer.items() if name != "id"}

    ask(f"/forms/{answered_form['id']}", "PUT", json={"title": "After", "fields": [bare, group]})

    new = ask(f"/forms/{answered_form['id']}").json()["fields"][0]
    assert (new["ref"], new["id"] == outer["id"]) == ("outer", False)
    assert _answered_refs(ask, answered_form) == ["inner"]


def test_an_id_the_form_does_not_know_is_replaced(made):
    assert made(fields=[_question(id="mine")])["fields"][0]["id"] != "mine"


def test_a_choice_keeps_its_id_or_gets_a_new_one(ask, made):
    field = _question(type="dropdown", properties={"choices": [{"label": "A"}, {"label": "B"}]})
    form = made(fields=[field])
    first, second = form["fields"][0]["properties"]["choices"]
    del second["id"]

    ask(f"/forms/{form['id']}", "PUT", json=_nothing_else(form))

    kept, new = ask(f"/forms/{form['id']}").json()["fields"][0]["properties"]["choices"]
    assert kept == first
    assert new["id"]


def test_every_change_moves_the_forms_times_by_the_sandboxs_clock(ask, sandbox, made):
    sandbox.behaviour.now = datetime(2026, 9, 1, 8, tzinfo=UTC)
    form = made()
    sandbox.behaviour.now = datetime(2026, 9, 2, 8, tzinfo=UTC)

    ask(f"/forms/{form['id']}", "PUT", json={"title": "After"})

    times = ask(f"/forms/{form['id']}").json()
    assert times["created_at"] == "2026-09-01T08:00:00+00:00" == form["last_updated_at"]
    assert times["last_updated_at"] == "2026-09-02T08:00:00+00:00" == times["published_at"]


def test_a_form_nobody_may_see_is_not_published(made):
    assert "published_at" not in made(settings={"is_public": False})


def test_a_question_can_be_given_another_type_under_its_id_and_ref(ask, sandbox, answered_form):
    sandbox.retype(answered_form["id"], "inner", "yes_no")

    form = ask(f"/forms/{answered_form['id']}").json()
    (inside,) = form["fields"][1]["properties"]["fields"]
    (before,) = answered_form["fields"][1]["properties"]["fields"]
    assert inside == before | {"type": "yes_no"}
    assert form["fields"][0] == answered_form["fields"][0]
    assert _answered_refs(ask, answered_form) == ["outer", "inner"]
