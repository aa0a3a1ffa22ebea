"""A signature holds for exactly what was invited."""

import hashlib
import hmac

import pytest

from winloss.typeform import signing

KEY = b"plainly-invented"
HIDDEN = {
    "form_kind": "lost_deal",
    "account_id": "A1",
    "decision_id": "D1",
    "block": "ladder",
    "respondent": "R1",
}


def test_the_signature_is_the_documented_one():
    expected = hmac.new(KEY, b"lost_deal|A1|D1|ladder|R1", hashlib.sha256).hexdigest()

    assert signing.sign(KEY, HIDDEN) == expected


def test_an_absent_field_counts_as_empty():
    without = {name: value for name, value in HIDDEN.items() if name != "decision_id"}

    assert signing.sign(KEY, without) == signing.sign(KEY, HIDDEN | {"decision_id": ""})


def test_what_was_signed_is_valid():
    assert signing.is_valid(KEY, HIDDEN | {"sig": signing.sign(KEY, HIDDEN)})


@pytest.mark.parametrize("name", signing.SIGNED)
def test_changing_any_signed_field_spoils_it(name):
    signed = HIDDEN | {"sig": signing.sign(KEY, HIDDEN)}

    assert not signing.is_valid(KEY, signed | {name: "other"})


@pytest.mark.parametrize("sig", ["", "0" * 64, "é", "\ud800"])
def test_a_false_signature_is_refused_without_a_crash(sig):
    assert not signing.is_valid(KEY, HIDDEN | {"sig": sig})


def test_an_unset_key_makes_nothing_valid():
    assert not signing.is_valid(b"", HIDDEN | {"sig": signing.sign(b"", HIDDEN)})


def test_an_absent_signature_is_not_valid():
    assert not signing.is_valid(KEY, HIDDEN)
