"""A mapping of somebody's own form is checked against that form, both ways."""

from typing import Any

import pytest

from winloss.settings import FormSettings
from winloss.typeform.mapping.differing import mapped

QUOTE = {"Sure": "unnamed", "n": "counted"}


def form(**changes: Any) -> dict[str, Any]:
    choices = [{"id": "s", "ref": "s", "label": "Sure"}, {"id": "n", "ref": "n", "label": "No"}]
    fields = [
        {"id": "1", "ref": "why_us_not", "type": "long_text", "title": "Why not us?"},
        {
            "id": "2",
            "ref": "page",
            "type": "group",
            "title": "",
            "properties": {
                "fields": [
                    {
                        "id": "3",
                        "ref": "quote_ok",
                        "type": "multiple_choice",
                        "title": "May we quote you?",
                        "properties": {"choices": choices},
                    },
                    {"id": "4", "ref": "goal", "type": "long_text", "title": "What for?"},
                ]
            },
        },
    ]
    hidden = ["account_id", "decision_id", "respondent", "sig"]
    return {"id": "X", "title": "Exit", "fields": fields, "hidden": hidden} | changes


def entry(**changes: Any) -> FormSettings:
    asked = {"why_us_not": "what_happened", "quote_ok": "may_quote"}
    known = {"id": "X", "kind": "lost_deal", "questions": asked, "choices": {"may_quote": QUOTE}}
    return FormSettings(**(known | changes))


def told(form: dict[str, Any], entry: FormSettings) -> list[str]:
    return [each.text for each in mapped(form, entry).differences]


def test_a_mapping_that_fits_differs_in_nothing_and_says_what_is_not_asked():
    found = mapped(form(), entry())

    assert found.differences == ()
    assert "nothing asks missed." in " ".join(found.unasked)
    assert not [each for each in found.unasked if "goal" in each or "may_quote" in each]
    assert len(found.unasked) == 13


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"questions": {"gone": "missed", **entry().questions}},
            "the form asks no gone, which is mapped to missed",
        ),
        (
            {"questions": {**entry().questions, "why_us_not": "gaol"}},
            "why_us_not is mapped to gaol, and no form of kind lost_deal asks that",
        ),
        (
            {"questions": {**entry().questions, "why_us_not": "satisfaction"}},
            "why_us_not (long_text) can not be read as satisfaction",
        ),
        (
            {"questions": {**entry().questions, "why_us_not": "goal"}},
            "goal and why_us_not all count as goal; map one of them",
        ),
        (
            {"choices": {"may_quote": {**QUOTE, "Perhaps": "named"}}},
            'may_quote: quote_ok has no choice "Perhaps", mapped to named',
        ),
        (
            {"choices": {"may_quote": {**QUOTE, "Sure": "nameless"}}},
            'may_quote: "Sure" is mapped to nameless, which is no choice of may_quote',
        ),
        (
            {"choices": {"may_quote": {"Sure": "unnamed"}}},
            'may_quote: the choice "No" is mapped to nothing',
        ),
        (
            {"choices": {"may_quote": QUOTE, "decisive": {"Yes": "yes"}}},
            "choices of decisive are mapped, and no question of the form is read as decisive",
        ),
    ],
)
def test_what_a_mapping_gets_wrong_is_one_line(changes, said):
    (line,) = told(form(), entry(**changes))

    assert line.startswith(said)


def test_a_form_that_cannot_carry_who_answers_says_which_hidden_field_is_missing():
    assert told(form(hidden=["account_id", "respondent"]), entry(signed=False)) == [
        "the hidden field decision_id is missing"
    ]
    assert "the hidden field sig is missing" in told(form(hidden=[]), entry())


def test_a_closed_form_says_so():
    assert told(form(settings={"is_public": False}), entry()) == [
        "nobody can answer it: open and publish it in Typeform"
    ]
