"""Fit to print, cut and masked as shown, and an exact slice: what else stops a report."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from tests.quotes.words import DEAR, NAMES, answer, chosen, code, offered

from winloss import quotes
from winloss.errors import QuoteError
from winloss.quotes import Names
from winloss.reporting import Quote


@pytest.mark.parametrize(
    "text",
    [
        "Too short.",
        "Price \u202eegral\u202c was the problem here.",
        "A NUL\x00 stands in this sentence.",
        "It said (and nobody closed the bracket.",
        "word " * 41 + ".",
        "Ask Ana Ruiz, Tom Vance, ana@x.com, or Fernhill Foods.",
    ],
)
def test_not_fit_to_print(text):
    """Fragments, hidden characters, open brackets, walls of words and rows of masks stay out."""
    assert quotes.choose(offered([answer("1", text)]), names=NAMES) is None


def test_long_sentence_is_cut():
    """A long sentence is cut at clauses around its evidence, shown as cut, never past a "but"."""
    wanted = "the quote came three weeks late"
    text = f"We met {'again and ' * 30}again, {wanted}, and so {'we waited ' * 30}."
    frame = offered(
        [answer("1", text)], [code("1", "sales_responsiveness", text, "three weeks late")]
    )

    quote = chosen(frame, reason="sales_responsiveness")

    assert wanted in quote.text
    assert (quote.is_cut_before, quote.is_cut_after) == (True, True)
    quotes.verify(quote, text, NAMES)


def test_cut_keeps_meaning():
    """No cut drops a denial before the words, or a taking back after them."""
    denied = f"I would never say {'to anyone ' * 25}, support was awful."
    taken_back = f"Support was awful, but {'only once and ' * 25}."
    for text in (denied, taken_back):
        frame = offered([answer("1", text)], [code("1", "support", text, "upport was awful")])

        assert quotes.choose(frame, names=NAMES, reason="support") is None


def test_mask_in_quote():
    """Known names are masked in what is printed, and the mask is part of the proof."""
    text = "Ana promised March and it is September."
    frame = offered([answer("1", text)])

    quote = chosen(frame)

    assert quote.text == "[name] promised March and it is September."
    quotes.verify(quote, text, NAMES)
    with pytest.raises(QuoteError, match="not what the customer wrote"):
        quotes.verify(quote, text, Names())


MASK = re.compile(r"\[(?:name|company|e-mail|phone|link|handle|account number|card)\]")
PIECES = """Ana ruiz, the price. was! (not so) [bad] “fair” 😀 é e\u0301 but we left, a@b.com
 +491234567890 don’t \x00 \u202e www.x.com Fernhill Foods, because support never answered?"""
WORDS = st.lists(st.sampled_from([*PIECES.split(), "\n"]) | st.text(max_size=4), max_size=24).map(
    " ".join
)


@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(WORDS, st.data())
def test_every_quote_is_a_slice(text, data):
    """Whatever was typed, a chosen quote is the masked slice; one changed character is refused."""
    quote = quotes.choose(offered([answer("1", text)]), names=NAMES)
    if quote is None:
        reject()
    place = data.draw(st.integers(0, len(quote.text) - 1))
    other = data.draw(st.characters(exclude_characters=quote.text[place]))
    changed = quote.text[:place] + other + quote.text[place + 1 :]

    quotes.verify(quote, text, NAMES)

    slice_ = text[quote.span_start : quote.span_end]
    assert quote.text == slice_ or "[" in quote.text
    with pytest.raises(QuoteError):
        quotes.verify(replace(quote, text=changed), text, NAMES)
    with pytest.raises(QuoteError):
        quotes.verify(replace(quote, is_cut_after=True), text, NAMES)


@pytest.mark.parametrize("span", [(-1, 5), (3, 3), (0, 9_999), (5, 2)])
def test_verify_span(span):
    """A span outside the answer is refused, not sliced to something."""
    quote = Quote("abc", "Name withheld", "f", "1", "q", *span)

    with pytest.raises(QuoteError, match="no such span"):
        quotes.verify(quote, DEAR, NAMES)


@pytest.mark.parametrize(
    ("text", "evidence", "said"),
    [
        ("We'd have been on our own.", None, "We'd have been on our own"),
        (
            "After signing, we'd have been on our own, all of us.",
            "on our own",
            "After signing, we'd have been on our own",
        ),
        (
            "The demonstration went well enough, but the quote came three weeks late.",
            "quote came",
            "but the quote came three weeks late",
        ),
        (
            "Fourteen tickets open on the day I gave notice.",
            "tickets open",
            "Fourteen tickets open on the day",
        ),
        (
            "Nothing prepared the whole team in the yard for what the migration really cost",
            "migration",
            "Nothing prepared the whole team",
        ),
    ],
)
def test_headline(text, evidence, said):
    """Whole clauses with the evidence, or the beginning; a denial is never cut off."""
    quote = Quote(text, "Name withheld", "f", "1", "q", 0, len(text))
    span = (text.index(evidence), text.index(evidence) + len(evidence)) if evidence else None

    assert quotes.headline(quote, text, evidence=span) == said


@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(WORDS, st.integers(10, 60), st.data())
def test_headline_is_a_slice(text, limit, data):
    """Always a slice of what is printed, within the limit unless one word is longer."""
    quote = quotes.choose(offered([answer("1", text)]), names=NAMES)
    if quote is None:
        reject()
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))

    said = quotes.headline(quote, text, limit, (start, end))

    assert said
    assert said in quote.text
    assert len(said) <= limit or " " not in said.replace("account number", "")
    rest = MASK.sub("", said)
    assert not any(rest.startswith(tail) for tail in ("ame]", "-mail]", "hone]", "ink]"))
    assert not any(rest.endswith(head) for head in ("[nam", "[e-", "[phon", "[lin"))


def test_evidence_over_sentences():
    """Who marks a whole answer has it printed whole where it is short, and not cut at random."""
    short = "Nobody rang. Nobody wrote back either."
    long = f"{short} {'We waited for weeks and weeks until we had enough of it. ' * 5}".strip()

    whole, none = (
        quotes.choose(
            offered([answer("a", text)], [code("a", "support", text, text)]),
            names=NAMES,
            reason="support",
        )
        for text in (short, long)
    )

    assert whole is not None
    assert whole.text == short
    assert none is None
