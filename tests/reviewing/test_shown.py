"""A text as shown, and its letters back in what is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reviewing.invented import NAMES

from winloss.quotes import mask
from winloss.reviewing.shown import Shown

HIDDEN = ("Ana Ruiz", "ana ruiz", "RUIZ", "Fernhill Foods", "ana@fernhill.example", "+49 30 901820")
PARTS = st.sampled_from(
    [*HIDDEN, "you were late", "the price", "It’s “fine”", "\n", "\r\n", "\u202e", "\x00", "é", "|",
     "  ", "=1+1", "😀", "Cargosmith", "[name]", "a\ud800b"]
)  # fmt: skip
TEXTS = st.lists(PARTS | st.text(max_size=8), min_size=1, max_size=9).map(" ".join)


@given(TEXTS)
def test_no_known_name_or_address_is_shown(text: str) -> None:
    """Whatever stands around them: none of them, in no row."""
    shown = Shown.of(text, NAMES).text

    assert list(NAMES.find(shown)) == []
    read = shown.replace("\N{REPLACEMENT CHARACTER}", " ")  # it stands for what parted words
    assert not any(mark in ("e-mail", "phone") for _, _, mark in mask(read, NAMES).marks)
    assert not any(hidden in shown for hidden in HIDDEN)


@given(TEXTS)
def test_nothing_shown_is_obeyed(text: str) -> None:
    """No control character, mark of direction or half of a letter reaches a screen."""
    shown = Shown.of(text, NAMES).text

    assert not any(letter in shown for letter in "\x00\r\u202e\u2066")
    assert shown.encode().decode() == shown


@given(TEXTS, st.data())
def test_spans_come_back(text: str, data: st.DataObject) -> None:
    """A stored span shown and read back holds itself, and grows by nothing but whole masks."""
    shown = Shown.of(text, NAMES)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    low, high = shown.placed(start, end)
    left, right = shown.stored(low, high)

    assert 0 <= low <= high <= len(shown.text)
    assert left <= start
    assert end <= right
    edges = {edge for begin, stop, _ in shown.masked.marks for edge in (begin, stop)}
    assert {left} <= {start} | edges
    assert {right} <= {end} | edges


@given(TEXTS, st.data())
def test_words_copied_from_the_page_are_found(text: str, data: st.DataObject) -> None:
    """Any piece of what is shown is a slice of what is stored, and reads the same masked."""
    shown = Shown.of(text, NAMES)
    start = data.draw(st.integers(0, len(shown.text)))
    words = shown.text[start : data.draw(st.integers(start, len(shown.text)))]
    found = shown.found(words)

    if not words.strip():
        assert found is None
        return
    assert found is not None
    assert 0 <= found[0] < found[1] <= len(text)


@pytest.mark.parametrize(
    ("copied", "stored"),
    [
        ("It's  late", "It’s\nlate"),
        ("[name] was late", "Ana Ruiz was late"),
        ("Ana Ruiz was late", "Ana Ruiz was late"),
        ("late", "late"),
    ],
)
def test_found_with_other_spaces_and_apostrophes(copied: str, stored: str) -> None:
    """What a spreadsheet or a keyboard changes does not matter."""
    text = f"Well. {stored} and late"
    found = Shown.of(text, NAMES).found(copied)

    assert found is not None
    assert text[slice(*found)] == stored


@pytest.mark.parametrize("copied", ["", "  ", "its late", "IT’S LATE", "lates", "Ana was late"])
def test_nothing_else_is_found(copied: str) -> None:
    """A word left out, other capitals or another word: not what they wrote."""
    assert Shown.of("It’s late, Ana Ruiz was late", NAMES).found(copied) is None
