"""Which sentence is printed, by the written rule, and what stops a report."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from winloss import quotes
from winloss.errors import QuoteError
from winloss.quotes import Names
from winloss.reporting import Quote

NOW = datetime(2026, 10, 5, 4, tzinfo=UTC)
NAMES = Names.of(people=["Ana Ruiz", "Tom Vance"], companies=["Fernhill Foods"])


def answer(key, text, *, may_quote="unnamed", days_ago=1, account="A1", **more):
    """One row of marts.verbatims, as far as quotes read it."""
    return {
        "verbatim_key": f"f/{key}/what_happened",
        "response_key": f"f/{key}",
        "form_id": "f",
        "response_id": key,
        "form_kind": "lost_deal",
        "account_id": account,
        "respondent": f"person-{key}",
        "question_ref": "what_happened",
        "text": text,
        "may_quote": may_quote,
        "submitted_at": NOW - timedelta(days=days_ago),
        "respondent_name": None,
        "respondent_role": None,
        "account_name": None,
        "language": None,
    } | more


def code(key, reason, text, evidence, *, is_primary=True, polarity="ours_bad"):
    """One row of marts.codes, its span found in the text."""
    start = text.index(evidence)
    return {
        "verbatim_key": f"f/{key}/what_happened",
        "reason": reason,
        "parent": "p",
        "is_primary": is_primary,
        "polarity": polarity,
        "span_start": start,
        "span_end": start + len(evidence),
    }


CODE_SCHEMA = {
    "verbatim_key": pl.String,
    "reason": pl.String,
    "parent": pl.String,
    "is_primary": pl.Boolean,
    "polarity": pl.String,
    "span_start": pl.Int64,
    "span_end": pl.Int64,
}
SCHEMA = dict.fromkeys(answer("k", "t"), pl.String) | {"submitted_at": pl.Datetime("us", "UTC")}


def offered(answers, codes=()):
    return quotes.candidates(
        pl.DataFrame(answers, schema=SCHEMA), pl.DataFrame(list(codes), schema=CODE_SCHEMA)
    )


def chosen(frame, **wanted) -> Quote:
    """The quote for a claim, where there must be one."""
    quote = quotes.choose(frame, names=NAMES, **wanted)
    assert quote is not None
    return quote


ALONE = "After signing, we'd have been on our own. The price was fine."
DEAR = "You were simply dearer than the rest."


def test_supports_the_claim():
    """The sentence that holds the primary evidence is chosen, and proves to be a slice."""
    frame = offered([answer("1", ALONE)], [code("1", "onboarding", ALONE, "on our own")])

    quote = chosen(frame, reason="onboarding")

    assert quote.text == "After signing, we'd have been on our own."
    assert quote.attribution == "Name withheld"
    quotes.verify(quote, ALONE, NAMES)
    assert quotes.choose(frame, names=NAMES, reason="support") is None


@pytest.mark.parametrize("may_quote", ["counted", None, "", "NAMED"])
def test_no_consent_no_quote(may_quote):
    """Anything but the two consents keeps the words out."""
    frame = offered(
        [answer("1", DEAR, may_quote=may_quote)], [code("1", "price_level", DEAR, "dearer")]
    )

    assert frame.is_empty()
    assert quotes.choose(frame, names=NAMES) is None


def test_language_travels():
    """The quote says its language, for the reader's device; English unless known."""
    german = offered([answer("1", "Das war uns leider zu teuer.", language="de")])

    assert chosen(german).language == "de"
    assert chosen(offered([answer("1", DEAR)])).language == "en"


def test_attribution():
    """A name stands beside words only where the customer said so."""
    person = {"respondent_name": "Ana Ruiz", "respondent_role": "Head of Logistics"}
    company = {"account_name": "Fernhill Foods"}
    named = offered([answer("1", DEAR, may_quote="named", **person, **company)])
    unnamed = offered([answer("1", DEAR, **person, **company)])

    assert named["attribution"].to_list() == ["Ana Ruiz, Head of Logistics, Fernhill Foods"]
    assert unnamed["attribution"].to_list() == ["Name withheld"]


def test_newest_first_nobody_twice():
    """The newest voice first, then another one, never the same account or response again."""
    answers = [
        answer("1", DEAR, days_ago=9, account="A1"),
        answer("2", DEAR, days_ago=2, account="A2"),
        answer("3", DEAR, days_ago=3, account="A2"),
    ]
    frame = offered(answers, [code(key, "price_level", DEAR, "dearer") for key in "123"])

    first = chosen(frame, reason="price_level")
    spoken = quotes.voices(frame, first)
    second = chosen(frame, reason="price_level", taken=spoken)
    printed = {*spoken, quotes.voice("f/1")}

    assert (first.response_id, second.response_id) == ("2", "1")
    assert quotes.choose(frame, names=NAMES, reason="price_level", taken=printed) is None


def test_order_of_rows_is_nothing():
    """The same frame in any order gives the same quote."""
    answers = [answer(str(n), f"{DEAR} Case {n}.", account=f"A{n}") for n in range(9)]
    frame = offered(answers, [code(str(n), "price_level", DEAR, "dearer") for n in range(9)])

    responses = {
        chosen(frame.sample(fraction=1, shuffle=True, seed=seed)).response_id for seed in range(5)
    }

    assert len(responses) == 1


def test_primary_and_clear_before_new():
    """A primary reason outranks a contributing one, a clear sentence a leaning one."""
    leaning = "And that was far too dear for us."
    answers = [
        answer("1", DEAR, days_ago=9, account="A1"),
        answer("2", leaning, days_ago=1, account="A2"),
        answer("3", DEAR, days_ago=0, account="A3"),
    ]
    codes = [
        code("1", "price_level", DEAR, "dearer"),
        code("2", "price_level", leaning, "dear"),
        code("3", "price_level", DEAR, "dearer", is_primary=False),
    ]

    assert chosen(offered(answers, codes), reason="price_level").response_id == "1"


def test_praise_is_no_reason_to_leave():
    """Evidence that praises us does not stand for a claim against us."""
    text = "Support was a pleasure, always."
    frame = offered(
        [answer("1", text)], [code("1", "support", text, "Support", polarity="ours_good")]
    )

    assert quotes.choose(frame, names=NAMES, reason="support") is None
    assert quotes.choose(frame, names=NAMES, reason="support", stance="for")


def test_contrary():
    """Another view: the same question, someone else, another primary reason."""
    answers = [answer("1", DEAR), answer("2", ALONE, account="A2"), answer("3", ALONE)]
    codes = [
        code("1", "price_level", DEAR, "dearer"),
        code("2", "onboarding", ALONE, "on our own"),
        code("3", "onboarding", ALONE, "on our own"),
    ]
    frame = offered(answers, codes)
    quote = chosen(frame, reason="price_level")

    other = quotes.contrary(frame, quote, names=NAMES, reason="price_level")

    assert other is not None
    assert (quote.response_id, other.response_id) == ("1", "2")


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
