"""Masks: what is known or recognisable never reaches a reader."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winloss.quotes import Names, mask

NAMES = Names.of(
    people=[
        "Ana Ruiz",
        "Jean-Luc O’Brien",
        "Will Price",
        "José Łukasz",
        "Dr. Bo Li",
        "Uwe Müller",
        None,
    ],
    companies=["Fernhill Foods GmbH", "Quarry Lane"],
    kept=["Dockmaster", "Quarry Yard"],
)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ana's offer was high.", "[name]'s offer was high."),
        ("ANA RUIZ called; ruiz did not.", "[name] called; [name] did not."),
        ("Ask Jean-Luc O'Brien or O’Brien.", "Ask [name] or [name]."),
        ("Jose\u0301 and JOSE\u0301 lukasz left", "[name] and [name] left"),
        ("Fernhill\nFoods grew, FERNHILL FOODS GMBH too", "[company] grew, [company] too"),
        ("Analysis by Anand", "Analysis by Anand"),
        ("Dockmaster and Quarry Yard were cheaper", "Dockmaster and Quarry Yard were cheaper"),
        ("will the price fall, Will Price?", "will the price fall, [name]?"),
        ("Will said the price was high", "[name] said the price was high"),
        ("A. Ruiz and W Price set a price", "[name] and [name] set a price"),
        ("Jose Lukaszs Angebot, JeanLuc O’Brien", "[name] [name] Angebot, [name] [name]"),
        ("Mrs Ruiz of FernhillFoods", "Mrs [name] of [company]"),
        ("Li asked, but it is on the list: DE, NL", "[name] asked, but it is on the list: DE, NL"),
        ("Mueller, MÜLLER and Muller", "[name], [name] and [name]"),
    ],
)
def test_names(typed, printed):
    """Whole words, whatever capitals, accents, possessives or line breaks; never a rival."""
    assert mask(typed, NAMES).text == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("write to ana.r+x@mail.example.com.", "write to [e-mail]."),
        ("write to a @ b.example or a [at] b [dot] com", "write to [e-mail] or [e-mail]"),
        ("call +49 (0)30 1234-567!", "call [phone]!"),
        ("call 020 7946 0958 or 555-0123", "call [phone] or [phone]"),
        ("pay DE89 3704 0044 0532 0130 00 today", "pay [account number] today"),
        ("card 4111 1111 1111 1111 refused", "card [card] refused"),
        ("see https://x.example/?t=1, or www.x.example", "see [link], or [link]"),
        ("try foo.io now", "try [link] now"),
        ("write to zed at firm dot com", "write to [e-mail]"),
        ("from 192.168.0.17 to fe80::1:2:3", "from [address] to [address]"),
        ("my number is 219-09-9999", "my number is [id number]"),
        ("thanks @winloss!", "thanks [handle]!"),
    ],
)
def test_shapes(typed, printed):
    """Addresses and numbers of people are recognised by their shape and checksum."""
    assert mask(typed, Names()).text == printed


@pytest.mark.parametrize(
    "typed",
    [
        "meet @ noon",
        "on 2026-10-05, 5.10.2026 and 05/10/2026",
        "from 2019-2021 we paid 1 000 000 and 1.200.000",
        "I paid $1200000 and €45,000.00 for 400 seats",
        "3 of 4, 24/7, version 2.0.1.4",
        "It loaded quickly.Then it stopped.",
        "Version 12.0.1.4 came at 10:30:15, build 10.2.3",
        "We meet at noon, dot on the hour",
    ],
)
def test_left_alone(typed):
    """Dates, amounts and ordinary prose stay as typed."""
    assert mask(typed, NAMES).text == typed


AROUND = st.text(max_size=20)
PHONES = st.sampled_from(["+49 30 1234567", "(555) 867-5309", "0171/2345678", "+1-202-555-0147"])


@settings(deadline=None, max_examples=300)
@given(AROUND, st.emails(), PHONES, AROUND)
def test_no_leak_of_addresses(before, email, phone, after):
    """Whatever stands around them, the e-mail and the phone are not in the printed text."""
    printed = mask(f"{before} {email} {after} {phone} {before}", Names()).text

    assert email not in printed
    assert phone not in printed


@settings(deadline=None, max_examples=300)
@given(
    AROUND,
    st.sampled_from(["Ana Ruiz", "Jean-Luc O’Brien", "José Łukasz", "Fernhill Foods GmbH"]),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.sampled_from(["NFC", "NFD"]),
    AROUND,
)
def test_no_leak_of_names(before, name, written, form, after):
    """No known name stays, in any capitals and either Unicode form, whatever is around it."""
    typed = unicodedata.normalize(form, written(name))

    printed = mask(f"{before} {typed} {after}, {typed}'s", NAMES).text

    assert not re.search(rf"(?<!\w){re.escape(typed)}(?!\w)", printed, re.IGNORECASE)


@settings(deadline=None, max_examples=300)
@given(
    st.text(alphabet=st.sampled_from("ab @.+0123 -Ana Ruiz/\x00\u202e😀é"), max_size=60), st.data()
)
def test_offsets_and_slices(text, data):
    """Outside masks every character stands where `offset` says; slices agree with the whole."""
    masked = mask(text, NAMES)
    hidden = {at for start, end, _ in masked.marks for at in range(start, end)}
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    for at, character in enumerate(text):
        if at not in hidden:
            assert masked.text[masked.offset(at)] == character
    if not masked.cuts(start, end):
        assert masked.slice(0, start) + masked.slice(start, end) + masked.slice(end, len(text)) == (
            masked.text
        )


def test_megabytes():
    """Hostile size costs time in proportion, not more."""
    for hostile in ("a" * 400_000, "a@" * 200_000, "1 " * 200_000, "[at] " * 80_000):
        assert isinstance(mask(hostile, NAMES).text, str)
