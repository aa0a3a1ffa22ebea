"""Proposals a person would make, and none where none can be read."""

import json

import pytest
from tests.typeform.mapping import customers_forms
from tests.typeform.mapping.customers_forms import form, question

from winloss.errors import FormError
from winloss.typeform.mapping import measure
from winloss.typeform.mapping import proposing as mapping
from winloss.typeform.mapping.hints import hints
from winloss.typeform.mapping.proposing import propose
from winloss.typeform.surveys import forms
from winloss.typeform.surveys.definition import definition

KINDS = ("lost_deal", "won_deal", "cancellation", "pulse", "seller", "staff")


def proposed(kind, *fields, hidden=()):
    return propose(kind, json.dumps(form("Theirs", hidden, *fields)).encode())


@pytest.mark.parametrize("kind", list(customers_forms.ALL))
def test_customers_forms_are_mapped_as_a_person_would(kind):
    theirs, wanted = customers_forms.ALL[kind]

    found = propose(kind, json.dumps(theirs).encode())

    assert {match.theirs.title: match.ours_ref for match in found.matches if match.ours} == wanted


def test_choices_are_mapped_by_ref_and_by_label_and_other_stays():
    theirs, _ = customers_forms.ALL["cancellation"]
    labels = {each["ref"]: each["label"] for each in theirs["fields"][0]["properties"]["choices"]}

    chosen = propose("cancellation", json.dumps(theirs).encode()).choices(with_consent=False)

    known = chosen["reason_chosen"]
    assert {label: known.get(label) for label in labels.values()} == {
        "Too expensive for the value": "price_level",
        "Not enough team adoption": None,
        "Missing a critical integration": "integration",
        "Missing features I need": "product_gap",
        "Switching to a competitor": "rival_better",
        "Technical issues": "product_quality",
        "Project ended / no longer needed": "project_ended",
        "Too complex to use": "ease_of_use",
        "Just need a break": None,
        "Other": None,
    }
    assert all(known.get(ref) == known.get(label) for ref, label in labels.items())


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_form_under_other_refs_is_recognised_whole(kind):
    ours = [each for each in _core(kind) if each.ref not in hints().follow_ups]
    fields = [_as_theirs(each) for each in ours]

    found = proposed(kind, *fields)

    assert [match.ours_ref for match in found.matches] == [each.ref for each in ours]
    assert [match.strength for match in found.matches] == [1.0] * len(ours)
    assert all(
        [choice.ref for choice in match.choices] == list(match.ours.choices)
        for match in found.matches
        if match.ours
    )
    assert not found.doubtful_consent


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_form_needs_no_mapping(kind):
    found = propose(kind, json.dumps(definition(kind, "Ours1")).encode())

    assert all(match.theirs.ref == match.ours_ref for match in found.matches)
    assert found.questions(with_consent=True) == {}
    assert found.choices(with_consent=True) == {}
    assert found.unsent == ()
    assert found.unasked == ()


def test_of_two_questions_alike_one_is_proposed_and_the_other_not_pushed_elsewhere():
    fields = [
        question("Overall, how satisfied are you with us?", "rating", steps=5),
        question("How would you rate your overall experience with us?", "rating", steps=5),
        question("How satisfied are you with us overall?", "rating", steps=5),
    ]

    found = proposed("lost_deal", *fields).matches

    assert sorted(match.ours_ref for match in found) == ["", "", "satisfaction"]
    assert sum("(satisfaction), but another" in match.why for match in found) == 2


def test_the_pairs_are_those_that_add_up_to_the_most():
    """Greedily, the first would take the first and leave the second nothing."""
    assert mapping._assigned([[0.9, 0.85], [0.8, 0.0]]) == {0: 1, 1: 0}
    assert mapping._assigned([[0.0, 0.0]]) == {}


def test_what_says_not_is_never_taken_for_what_does_not():
    theirs = question(
        "Do you plan to renew your contract?",
        "multiple_choice",
        ["Likely", "Not likely", "Very unlikely", "Don't know"],
    )
    bought = question("Why did you choose us in the beginning?", "long_text")

    (renewal,) = proposed("pulse", theirs).matches
    (reason,) = proposed("lost_deal", bought).matches

    assert [(each.theirs.label, each.ref) for each in renewal.choices] == [
        ("Likely", "yes"),
        ("Very unlikely", "no"),
    ]
    assert reason.ours_ref != "reason_chosen"


@pytest.mark.parametrize(
    ("label", "is_other"),
    [("Other", True), ("Other (please specify)", True), ("Something else", True),
     ("Other: ", True), ("Other things came first", False), ("Another vendor", False)],
)  # fmt: skip
def test_other_is_known_by_saying_nothing_else(label, is_other):
    assert measure.is_other(label) is is_other


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        ("cancellation", question("Did our product meet your expectations?", "nps"),
         "theirs runs from 0 to 10"),
        ("cancellation", question("Did our product meet your expectations?", "opinion_scale"),
         "does not say how many steps"),
        ("cancellation", question("May we quote you inside our company?", "yes_no"),
         "ours is a list"),
        ("cancellation", question("Why are you leaving us?", "email"), "never read"),
        ("cancellation",
         question("What is the main reason you are cancelling?", "multiple_choice",
                  ["Too expensive", "Missing features"], allow_multiple_selection=True),
         "several may be ticked"),
        ("cancellation",
         question("What is the main reason you are cancelling?", "dropdown", ["Red", "Blue"]),
         "too few of its choices"),
    ],
)  # fmt: skip
def test_what_sql_could_not_read_is_not_proposed_and_the_reason_is_said(kind, field, said):
    (match,) = proposed(kind, field).matches

    assert match.ours is None
    assert said in match.why


@pytest.mark.parametrize("steps", [3, 7, 11])
def test_scales_that_are_read_at_any_length_are_proposed(steps):
    title = "All in all, how satisfied were you with us?"

    (match,) = proposed("lost_deal", question(title, "opinion_scale", steps=steps)).matches

    assert match.ours_ref == "satisfaction"


def test_consent_in_other_words_needs_a_person():
    theirs = question(
        "May we use your comments?",
        "multiple_choice",
        ["Yes, with my name", "Yes, anonymously", "No"],
    )

    found = proposed("pulse", theirs)

    assert [match.ours_ref for match in found.doubtful_consent] == ["may_quote"]
    assert found.questions(with_consent=False) == {}
    assert found.choices(with_consent=False) == {}
    assert found.questions(with_consent=True) == {theirs["ref"]: "may_quote"}
    assert found.choices(with_consent=True)["may_quote"]["No"] == "counted"


def test_what_stays_unasked_and_unsent_is_said():
    found = proposed("lost_deal", question("What happened?", "long_text"), hidden=["account_id"])

    assert "may_quote" in [each.ref for each in found.unasked]
    assert "what_happened" not in [each.ref for each in found.unasked]
    assert found.unsent == ("decision_id", "block", "respondent", "sig")
    assert found.without["may_quote"] == "Nobody may be quoted."


@pytest.mark.parametrize("kind", KINDS[:4])
@pytest.mark.parametrize(
    "theirs",
    [
        question("What do you value most about working with us?", "long_text"),
        question("Is there anything else you would like to share?", "long_text"),
        question("What would bring you back?", "long_text"),
        question("Why did you give that score?", "long_text"),
        question("What is your role in the company?", "short_text"),
        question("Did you see a demo before you decided?", "yes_no"),
        question("Which choice do you prefer?", "dropdown", ["Price", "Support", "Onboarding"]),
    ],
)
def test_questions_that_are_none_of_ours_are_left_alone(kind, theirs):
    (match,) = proposed(kind, theirs).matches

    assert match.ours is None


@pytest.mark.parametrize("kind", ["lost_deal", "cancellation"])
@pytest.mark.parametrize(
    "title",
    ["Please tell us more about your reason", "Could you elaborate on your reason?"],
)
def test_open_words_after_a_list_tell_what_happened(kind, title):
    found = proposed(kind, question(title, "long_text"))

    assert [match.ours_ref for match in found.matches] == ["what_happened"]


def test_open_words_are_measured_against_what_of_ours_is_open():
    """In wording it is nearest to our list of reasons, whose ticks it could never be."""
    title = "What is your primary reason for leaving, and why are you leaving us?"

    (match,) = proposed("cancellation", question(title, "long_text")).matches

    assert match.ours_ref == "what_happened"


def test_their_other_is_no_reason_of_ours():
    title = "Which factor was most important in your decision?"
    theirs = question(title, "dropdown", ["Pricing", "Missing features", "Other", "Others: which?"])

    (match,) = proposed("lost_deal", theirs).matches

    assert [choice.theirs.label for choice in match.choices] == ["Pricing", "Missing features"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"<html>", b'{"fields": 3}'])
def test_what_is_no_form_is_said(body):
    with pytest.raises(FormError, match="That is no form"):
        propose("pulse", body)


def test_a_kind_without_a_form_is_said():
    with pytest.raises(FormError, match=r"no form holiday\.yaml"):
        proposed("holiday", question("What happened?", "long_text"))


def _core(kind):
    return [each for each, block in _everything(kind) if block is None]


def _everything(kind):
    source = forms.form(kind)
    yield from ((each, None) for screen in source.screens if screen != "block" for each in screen)
    yield from ((each, block.name) for block in forms.blocks(kind) for each in block.questions)


def _as_theirs(ours):
    scale = {"steps": 5, "start_at_one": True} if ours.ends else {}
    return question(ours.title, ours.type, list(ours.choices.values()), **scale)
