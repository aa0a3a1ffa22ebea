"""Links carry what was invited, in the fragment; blocks are dealt evenly and stay dealt."""

from collections import Counter
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from winloss.errors import FormError
from winloss.typeform.links import linking, signing
from winloss.typeform.surveys import forms

KEY = b"plainly-invented"
HIDDEN = {
    "form_kind": "lost_deal",
    "account_id": "A 1&é",
    "decision_id": "D#1",
    "respondent": "R+1",
}
FIELD = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="|@"), min_size=1
)


def test_fields_travel_in_the_fragment_and_in_no_query():
    parts = urlsplit(linking.link("Abc1", HIDDEN, KEY))

    assert (parts.scheme, parts.netloc, parts.path, parts.query) == (
        "https", "form.typeform.com", "/to/Abc1", "",
    )  # fmt: skip
    assert dict(parse_qsl(parts.fragment)) == HIDDEN | {"sig": signing.sign(KEY, HIDDEN)}


@given(account=FIELD, decision=FIELD, respondent=FIELD)
def test_any_value_comes_out_as_it_went_in_and_valid(account, decision, respondent):
    hidden = {"account_id": account, "decision_id": decision, "respondent": respondent}

    fragment = linking.link("Abc1", hidden, KEY).partition("#")[2]

    came = dict(parse_qsl(fragment, keep_blank_values=True, strict_parsing=True))
    assert {name: came[name] for name in hidden} == hidden
    assert signing.is_valid(KEY, came)


def test_empty_fields_and_an_old_signature_stay_out():
    made = linking.link("Abc1", {"form_kind": "pulse", "block": "", "sig": "old"}, None)

    assert made == "https://form.typeform.com/to/Abc1#form_kind=pulse"


def test_another_address_of_the_account():
    made = linking.link("Abc1", {"form_kind": "pulse"}, None, "https://harbourline.typeform.com/to")

    assert made.startswith("https://harbourline.typeform.com/to/Abc1#")


@pytest.mark.parametrize(
    ("form_id", "hidden", "key", "said"),
    [
        ("Abc1", {"respondent": "ann@northwind.example"}, KEY, "opaque id instead"),
        ("Abc1", {"account_id": "A|1"}, KEY, "account_id holds a |"),
        ("Abc1", {"account_id": "A1"}, b"", "WINLOSS_SIGNING_KEY"),
        ("Abc1#x", {}, None, "is no form id"),
        ("", {}, None, "is no form id"),
    ],
)
def test_what_must_not_be_linked_is_refused(form_id, hidden, key, said):
    with pytest.raises(FormError) as raised:
        linking.link(form_id, hidden, key)

    assert said in str(raised.value)
    assert "northwind" not in str(raised.value)


@pytest.mark.parametrize("kind", ["lost_deal", "won_deal", "cancellation", "pulse"])
def test_blocks_are_dealt_evenly(kind):
    names = [block.name for block in forms.blocks(kind)]

    dealt = Counter(linking.chosen_block(f"INV-{number}", names) for number in range(6_000))

    assert set(dealt) == set(names)
    assert chisquare([dealt[name] for name in names]).pvalue > 0.001


def test_an_invitation_keeps_its_block_whatever_stands_beside_it():
    names = [block.name for block in forms.blocks("pulse")]
    ids = [f"INV-{number}" for number in range(500)]
    before = {each: linking.chosen_block(each, names) for each in ids}

    after = {each: linking.chosen_block(each, [*reversed(names), "new"]) for each in ids}

    moved = [each for each in ids if after[each] != before[each]]
    assert {after[each] for each in moved} == {"new"}
    assert len(moved) < 2 * len(ids) / (len(names) + 1)


def test_no_block_where_none_rotates():
    assert linking.chosen_block("INV-1", []) == ""
