"""A form that a push made is known by its mark; any other that asks the same is a stranger."""

import pytest
from tests.typeform.surveys.pushed import answer, answered, copied, without

from winloss.errors import FormError
from winloss.typeform.surveys import making, pushing

MARK = "0123456789ab"


def test_a_marked_form_is_found_by_its_mark_alone_and_loses_it_with_the_first_push(client, lost):
    form_id = making.create(client, "lost_deal", MARK)

    assert making.marked(client, MARK) == form_id
    assert making.marked(client, "ba9876543210") == ""
    assert [each.form_id for each in making.strangers(client, "lost_deal", [])] == [lost]

    plan = pushing.planned(client, form_id, "lost_deal")
    assert [each.change for each in plan.differences] == [
        f'reword the form\'s name: "How you decided (winloss {MARK})" -> "How you decided"'
    ]
    assert pushing.update(client, plan) == ()
    assert making.marked(client, MARK) == ""


def test_two_forms_of_one_mark_are_for_a_person_to_tell_apart(client):
    made = [making.create(client, "pulse", MARK) for _ in range(2)]

    with pytest.raises(FormError, match="made by the push that was cut off") as caught:
        making.marked(client, MARK)

    assert all(form_id in str(caught.value) for form_id in made)


def test_a_stranger_has_our_title_and_exactly_our_questions(sandbox, client, lost):
    copy = copied(sandbox, lost) | {"title": "How you decided (copy)"}
    sandbox.put_form("Copy1", copy | {"id": "Copy1"})
    other = copied(sandbox, lost) | {"id": "Other1"}
    without(other, "goal")
    sandbox.put_form("Other1", other)

    (stranger,) = making.strangers(client, "lost_deal", [])

    assert str(stranger) == f"{lost}, nobody answered it yet"
    assert making.strangers(client, "lost_deal", [lost]) == []
    assert making.strangers(client, "won_deal", []) == []


@pytest.mark.parametrize("response_type", ["completed", "partial"])
def test_of_a_stranger_it_is_said_whether_somebody_answered(sandbox, client, lost, response_type):
    form = sandbox.form(lost)
    answered(sandbox, lost, answer(form, "goal", "text", "Peace."), response_type=response_type)

    (stranger,) = making.strangers(client, "lost_deal", [])

    assert str(stranger) == f"{lost}, somebody answered it"
