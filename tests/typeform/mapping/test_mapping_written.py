"""What winloss.toml says of a form already stays, and only the rest is proposed for."""

import json

import pytest
from tests.typeform.mapping.customers_forms import form, question

from winloss.settings import FormSettings
from winloss.typeform.mapping.proposing import propose


def test_what_is_written_stays_and_is_proposed_for_nothing_else():
    theirs = question("All in all, how satisfied were you with us?", "rating", steps=5)
    other = question("Our team treated me with respect", "rating", steps=5)
    written = FormSettings(id="T", kind="lost_deal", questions={other["ref"]: "satisfaction"})

    found = propose("lost_deal", json.dumps(form("T", [], theirs, other)).encode(), written)

    assert [(match.ours_ref, match.is_yours) for match in found.matches] == [
        ("", False),
        ("satisfaction", True),
    ]
    assert found.questions(with_consent=True) == written.questions
    assert not found.has_news(with_consent=True)


@pytest.mark.parametrize(
    ("to", "said"), [("holiday", "asks holiday"), ("may_quote", "ours is a list")]
)
def test_what_is_written_and_cannot_be_read_is_said(to, said):
    theirs = question("May we quote you?", "yes_no")
    written = FormSettings(id="T", kind="lost_deal", questions={theirs["ref"]: to})

    (match,) = propose("lost_deal", json.dumps(form("T", [], theirs)).encode(), written).matches

    assert said in match.obstacle
    assert match.ours_ref == to


def test_choices_added_to_consent_written_by_hand_need_a_person_too():
    theirs = question("May we use your comments?", "multiple_choice", ["Yes, anonymously", "No"])
    written = FormSettings(
        id="T",
        kind="lost_deal",
        questions={theirs["ref"]: "may_quote"},
        choices={"may_quote": {"No": "counted"}},
    )

    found = propose("lost_deal", json.dumps(form("T", [], theirs)).encode(), written)

    assert [match.ours_ref for match in found.doubtful_consent] == ["may_quote"]
    assert found.choices(with_consent=False) == written.choices
    assert found.choices(with_consent=True)["may_quote"]["Yes, anonymously"] == "unnamed"
