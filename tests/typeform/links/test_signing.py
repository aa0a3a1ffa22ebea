"""A signature holds for exactly what was invited."""

import hashlib
import hmac

import pytest

from winloss.errors import FormError
from winloss.typeform.links import signing

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


def test_values_cannot_slide_from_one_field_into_the_next():
    """`A1|X` beside `D1` and `A1` beside `X|D1` are the same text once they are joined."""
    signed = HIDDEN | {"account_id": "A1|X", "decision_id": "D1"}
    slid = HIDDEN | {"account_id": "A1", "decision_id": "X|D1"}

    assert _made_without_asking(signed) == _made_without_asking(slid)
    assert not signing.is_valid(KEY, signed | {"sig": _made_without_asking(signed)})
    assert not signing.is_valid(KEY, slid | {"sig": _made_without_asking(signed)})


@pytest.mark.parametrize("name", signing.SIGNED)
@pytest.mark.parametrize("text", ["A|1", "A\n1", "A\x00", "\x7f", "A\u20281", "\ud800"])
def test_what_could_slide_is_neither_signed_nor_valid(name, text):
    fields = HIDDEN | {name: text}

    with pytest.raises(FormError, match=f"hidden field {name} holds"):
        signing.sign(KEY, fields)
    assert not signing.is_valid(KEY, fields | {"sig": _made_without_asking(fields)})


def _made_without_asking(fields):
    message = "|".join(fields[name] for name in signing.SIGNED)
    return hmac.new(KEY, message.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
