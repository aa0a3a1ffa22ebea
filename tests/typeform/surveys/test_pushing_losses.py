"""No push costs an answer: what was answered is neither dropped nor made to mean another thing."""

from collections.abc import Callable

import pytest
from tests.typeform.surveys.pushed import (
    Json,
    answer,
    answered,
    copied,
    field,
    nothing_landed,
    written,
)

from winloss.errors import FormError
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.surveys import pushing

MATRIX: Json = {
    "id": "m",
    "ref": "grid",
    "type": "matrix",
    "title": "How was each?",
    "properties": {
        "fields": [
            {"id": "m1", "ref": "grid_row", "type": "multiple_choice", "title": "The first"},
        ]
    },
}


def add(form: Json) -> None:
    form["fields"].append({"id": "q", "ref": "more", "type": "long_text", "title": "More?"})


def add_inside(form: Json) -> None:
    inside = field(form, "goal_screen")["properties"]["fields"]
    inside.append({"id": "q", "ref": "more", "type": "long_text", "title": "More?"})


def add_matrix(form: Json) -> None:
    form["fields"].append(MATRIX)


def retype(form: Json) -> None:
    field(form, "decisive").update(type="short_text", properties={})


def rescale(form: Json) -> None:
    field(form, "felt_respected")["properties"]["steps"] = 10


def add_choice(form: Json) -> None:
    choices = field(form, "outcome_said")["properties"]["choices"]
    choices += [{"id": "p", "ref": "pink", "label": "Pink"}, {"id": "g", "ref": "g", "label": "G"}]


CASES = [
    (add, "more", "text", "And another thing.", "more would be dropped"),
    (add_inside, "more", "text", "And another thing.", "more would be dropped"),
    (add_matrix, "grid_row", "choice", {"label": "Good"}, "grid_row would be dropped"),
    (retype, "decisive", "text", "Perhaps", "decisive would become multiple_choice"),
    (rescale, "felt_respected", "number", 9, "felt_respected would change its scale"),
    (add_choice, "outcome_said", "choice", {"ref": "pink"}, "the choice pink of outcome_said"),
    (add_choice, "outcome_said", "choice", {"label": "Pink"}, "the choice pink of outcome_said"),
    (add_choice, "outcome_said", "choice", {"id": "p"}, "the choice pink of outcome_said"),
    (
        add_choice,
        "outcome_said",
        "choices",
        {"labels": ["G", "Pink"]},
        "the choice g of outcome_said would be dropped; the choice pink of outcome_said",
    ),
]


def changed(sandbox: Sandbox, form_id: str, change: Callable[[Json], None]) -> Json:
    form = copied(sandbox, form_id)
    change(form)
    sandbox.put_form(form_id, form)
    return form


@pytest.mark.parametrize("response_type", ["completed", "partial", "started"])
@pytest.mark.parametrize("case", CASES)
def test_what_was_answered_is_not_pushed_away(sandbox, client, lost, response_type, case):
    change, ref, kind, value, said = case
    form = changed(sandbox, lost, change)
    answered(sandbox, lost, answer(form, ref, kind, value), response_type=response_type)
    already = written(sandbox)
    plan = pushing.planned(client, lost, "lost_deal")

    with pytest.raises(FormError, match=f"Form {lost} has answers that .* lose: {said}"):
        pushing.refuse_losses(client, plan, nothing_landed)

    assert written(sandbox) == already
    assert sandbox.form(lost) == form


@pytest.mark.parametrize("change", [add, add_inside, add_matrix, retype, rescale, add_choice])
def test_what_nobody_answered_may_go(sandbox, client, lost, change):
    form = changed(sandbox, lost, change)
    answered(
        sandbox,
        lost,
        answer(form, "what_happened", "text", "The price."),
        answer(form, "outcome_said", "choice", {"ref": "competitor"}),
        response_type="completed",
    )
    plan = pushing.planned(client, lost, "lost_deal")

    pushing.refuse_losses(client, plan, nothing_landed)

    assert plan.is_needed
    assert pushing.update(client, plan) == ()


def test_typeform_is_asked_only_about_what_would_be_lost(sandbox, client, lost):
    plan = pushing.planned(client, lost, "lost_deal")
    already = len(sandbox.behaviour.requests)

    pushing.refuse_losses(client, plan, nothing_landed)

    assert len(sandbox.behaviour.requests) == already
