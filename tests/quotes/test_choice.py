"""Which sentence is printed, by the written rule."""

import pytest
from tests.quotes.words import ALONE, DEAR, NAMES, answer, chosen, code, offered

from winloss import quotes


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
    texts = {"1": "Far dearer than we can bear.", "2": DEAR, "3": "It was dearer by a third."}
    days_ago = {"1": (9, "A1"), "2": (2, "A2"), "3": (3, "A2")}
    answers = [
        answer(key, text, days_ago=days_ago[key][0], account=days_ago[key][1])
        for key, text in texts.items()
    ]
    codes = [code(key, "price_level", text, "dearer") for key, text in texts.items()]
    frame = offered(answers, codes)

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


def test_a_persons_evidence_goes_first():
    """Evidence that a person marked goes before newer one of a machine, of the same strength."""
    other = "The rest were cheaper, you were dearer."
    answers = [
        answer("1", DEAR, days_ago=9, account="A1"),
        answer("2", other, days_ago=1, account="A2"),
    ]
    codes = [
        code("1", "price_level", DEAR, "dearer", coder="human"),
        code("2", "price_level", other, "dearer"),
    ]
    contributing = [codes[0] | {"is_primary": False}, codes[1]]
    asked = [answer("3", ALONE, account="A3")]
    help_ = code("3", "onboarding", ALONE, "on our own")
    frame = offered([*answers, *asked], [*codes, help_])

    assert chosen(offered(answers, codes), reason="price_level").response_id == "1"
    assert chosen(offered(answers, contributing), reason="price_level").response_id == "2"
    lead = chosen(frame, reason="onboarding")
    beside = quotes.contrary(frame, lead, names=NAMES, reason="onboarding")
    assert beside is not None
    assert beside.response_id == "1"


def test_short_before_long():
    """Of sentences alike in all else, one of at most 140 characters goes first."""
    long = f"You were dearer than the rest of them, {'and dearer by a good deal, ' * 4}we found."
    answers = [
        answer("1", long, days_ago=1, account="A1"),
        answer("2", DEAR, days_ago=9, account="A2"),
    ]
    codes = [code("1", "price_level", long, "dearer"), code("2", "price_level", DEAR, "dearer")]

    assert len(long) > 140
    assert chosen(offered(answers, codes), reason="price_level").response_id == "2"
