"""Answers hang on a question's id: whatever id would vanish, its answers are looked for."""

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
from winloss.typeform.surveys import changes, pushing

EXTRA: Json = {"id": "x1", "ref": "extra", "type": "short_text", "title": "The one"}
OTHER = EXTRA | {"id": "x2", "title": "The other"}


def edited(sandbox, form_id: str, *fields: Json) -> Json:
    form = copied(sandbox, form_id)
    form["fields"] += fields
    sandbox.put_form(form_id, form)
    return form


def said_to(asked: Json) -> Json:
    place = {name: asked[name] for name in ("id", "ref", "type")}
    return {"type": "text", "text": "It was the price.", "field": place}


def test_the_second_of_two_questions_with_one_ref_keeps_its_answers(sandbox, client, lost):
    edited(sandbox, lost, EXTRA, OTHER)
    answered(sandbox, lost, said_to(OTHER), response_type="completed")
    plan = pushing.planned(client, lost, "lost_deal")

    with pytest.raises(FormError, match=r'lose: extra \("The other"\) would be dropped'):
        pushing.refuse_losses(client, plan, nothing_landed)


def test_both_of_two_questions_with_one_ref_are_said_to_go(sandbox, client, lost):
    edited(sandbox, lost, EXTRA, OTHER)
    plan = pushing.planned(client, lost, "lost_deal")

    pushing.refuse_losses(client, plan, nothing_landed)

    assert [each.text for each in plan.removed] == [
        'extra is asked and not ours (short_text): "The one"',
        'extra ("The other") has the ref of another question',
    ]
    assert list(changes.removed(plan.differences)) == [
        "removed extra, which nobody had answered",
        'removed extra ("The other"), which nobody had answered',
    ]
    assert pushing.update(client, plan) == ()


@pytest.mark.parametrize("ref", ["goal", "missed", "goal_screen"])
def test_two_fields_with_one_of_our_refs_are_refused_and_named(sandbox, client, lost, ref):
    form = edited(sandbox, lost, OTHER | {"ref": ref})
    title = field(form, ref)["title"]
    plan = pushing.planned(client, lost, "lost_deal")
    already = written(sandbox)

    with pytest.raises(FormError) as refused:
        pushing.refuse_sharing(plan)

    assert f'have the ref {ref}: "{title}" and "The other". Nothing was sent' in str(refused.value)
    assert written(sandbox) == already


def test_a_form_without_shared_refs_is_not_refused(client, lost):
    pushing.refuse_sharing(pushing.planned(client, lost, "lost_deal"))


@pytest.mark.parametrize("kind", ["statement", "group", "unheard_of"])
def test_a_question_answered_before_it_became_one_that_asks_nothing(sandbox, client, lost, kind):
    edited(sandbox, lost, EXTRA | {"type": kind})
    answered(sandbox, lost, said_to(EXTRA), response_type="partial")
    plan = pushing.planned(client, lost, "lost_deal")

    with pytest.raises(FormError, match="lose: extra would be dropped"):
        pushing.refuse_losses(client, plan, nothing_landed)


@pytest.mark.parametrize("named", ["id", "ref"])
def test_what_landed_lately_counts_though_typeform_does_not_show_it(sandbox, client, lost, named):
    edited(sandbox, lost, EXTRA)
    plan = pushing.planned(client, lost, "lost_deal")
    landed = said_to(EXTRA) | {"field": {named: EXTRA[named]}}

    with pytest.raises(FormError, match="lose: extra would be dropped"):
        pushing.refuse_losses(client, plan, lambda form_id: [landed] if form_id == lost else [])


def test_what_landed_for_another_question_does_not_count(sandbox, client, lost):
    form = edited(sandbox, lost, EXTRA)
    plan = pushing.planned(client, lost, "lost_deal")
    others = [said_to(OTHER), answer(form, "goal", "text", "More."), {"field": 3}, {}]

    pushing.refuse_losses(client, plan, lambda _: others)


def test_a_choice_that_landed_lately_is_not_dropped(sandbox, client, lost):
    form = copied(sandbox, lost)
    choices = field(form, "outcome_said")["properties"]["choices"]
    choices += [{"id": "p", "ref": "pink", "label": "Pink"}, {"id": "g", "ref": "g", "label": "G"}]
    sandbox.put_form(lost, form)
    plan = pushing.planned(client, lost, "lost_deal")
    landed = answer(form, "outcome_said", "choice", {"ref": "pink", "label": "Pink"})

    with pytest.raises(
        FormError, match=r"lose: the choice pink of outcome_said would be dropped\."
    ):
        pushing.refuse_losses(client, plan, lambda _: [landed])
