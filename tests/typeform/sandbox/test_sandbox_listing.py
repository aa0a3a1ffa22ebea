"""The loopback Typeform lists forms, serves them as recorded, and forgets deleted ones."""

import json

import pytest


def test_forms_are_listed_ten_a_page_without_fields(ask):
    for number in range(10):
        ask("/forms", "POST", json={"title": f"Form {number}"})

    first, second = ask("/forms").json(), ask("/forms?page=2").json()

    assert (first["total_items"], first["page_count"], len(first["items"])) == (12, 2, 10)
    assert len(second["items"]) == 2
    assert not any("fields" in item for item in first["items"])
    assert ask("/forms?page_size=201").status_code == 400
    assert ask("/forms?search=form%203").json()["items"][0]["title"] == "Form 3"


def test_a_form_is_served_as_recorded(ask, folder):
    recorded = json.loads((folder / "forms" / "Lost1.json").read_text("utf-8"))

    assert ask("/forms/Lost1").json() == recorded


@pytest.mark.parametrize("path", ["", "/responses", "/webhooks", "/webhooks/winloss"])
def test_an_unknown_form_is_not_found(ask, path):
    answer = ask(f"/forms/None1{path}")

    assert (answer.status_code, answer.json()["code"]) == (404, "FORM_NOT_FOUND")


def test_a_deleted_form_is_not_found(ask, answered):
    assert ask("/forms/Lost1", "DELETE").status_code == 204

    assert ask("/forms/Lost1").status_code == 404
    assert ask("/forms/Lost1/responses").status_code == 404
    answered.drop_form("Cancel1")
    assert ask("/forms").json()["total_items"] == 0
