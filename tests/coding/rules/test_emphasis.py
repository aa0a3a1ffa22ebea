"""What a text itself calls decisive, grants or excuses, and reasons named by their remedy."""

import pytest

from winloss.coding import codebook
from winloss.coding.rules.coder import RuleCoder
from winloss.coding.rules.finding import lowered

CODER = RuleCoder(codebook.read())


def firm(text, stance):
    """The codes that are more than a guess."""
    return [code for code in CODER.code_text(text, stance).codes if not code.is_suggested]


def primary(text, stance="against"):
    """The primary reason, or None."""
    return next((code.reason for code in firm(text, stance) if code.is_primary), None)


def reasons(text, stance="against"):
    return {code.reason for code in firm(text, stance)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Support was slow. What tipped it was the price.", "price_level"),
        ("The price was high. The real reason was your support.", "support"),
        ("Training was poor and it came down to integration with our ERP.", "integration"),
        ("The demo was generic. What killed it? The renewal clause.", "small_print"),
        ("Nobody trained us. That was that. You were dearer too.", "onboarding"),
        ("It crashed every week. That told me everything. Support was slow.", "product_quality"),
        ("Support was slow. We left because you were too expensive.", "price_level"),
        ("The deal-breaker was the interface to SAP, and onboarding was poor.", "integration"),
    ],
)
def test_decisive(text, reason):
    """A cue that points on or back makes primary what it points at, wherever that stands."""
    assert primary(text) == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "The price mattered, I won't pretend otherwise. Nobody was there to train us.",
            "onboarding",
        ),
        ("Sure, you were more expensive. The support never answered.", "support"),
        ("Price played a part. It crashed every day.", "product_quality"),
        ("I ticked price because nobody argues with it. Your support was slow.", "support"),
        ("Price was the excuse. Nobody listened to us.", "sales_understanding"),
        ("Although you were too expensive, your support was slow.", "support"),
        ("Too expensive was the box I ticked. The app was buggy.", "product_quality"),
    ],
)
def test_granted(text, reason):
    """What a text grants, plays down or calls an excuse is not what decided."""
    assert primary(text) == reason


def test_granted_contributes():
    """Granted is not denied: it stays among the reasons."""
    assert "price_level" in reasons("The price played a part. It crashed every day.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Better training.", "onboarding"),
        ("Somebody on the phone at night.", "support"),
        ("A reference from a customer of our size.", "missing_proof"),
        ("A lower price.", "price_level"),
        ("If you had answered faster we would have stayed.", "sales_responsiveness"),
        ("An honest answer about the date.", "broken_promise"),
        ("A fixed contact person.", "handover"),
        ("Monthly billing.", "price_model"),
        ("Some warning before the renewal.", "small_print"),
    ],
)
def test_remedy(text, reason):
    """Asked what would have changed their mind, people name a reason by its remedy."""
    assert primary(text) == reason


def test_praise_is_no_remedy():
    """Only where something is asked for: praise under a defection explains nothing."""
    assert reasons("Great training, thank you.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "It was an expensive mistake of ours.",
        "We wish you all the best.",
        "Don't get me wrong, and best regards to everyone.",
        "We wanted it at all costs.",
    ],
)
def test_idioms(text):
    """A term inside a turn of phrase is not heard."""
    assert reasons(text) == set()


def test_own_merit_is_not_the_rivals():
    """Under a defection, that ours was better is praise of us, that theirs was is a reason."""
    assert primary("Your demo was the better one.") is None
    assert primary("Their demo was the better one.") is not None


GENERAL = [
    ("They quoted 30 % less for the same.", "price_level"),
    ("The sums didn't add up at that price.", "price_level"),
    ("A purchasing freeze came down from head office.", "budget"),
    ("You wanted a three year contract.", "price_model"),
    ("There is no way to split an order.", "product_gap"),
    ("It froze during every stocktake.", "product_quality"),
    ("We had to type everything twice.", "integration"),
    ("Eleven clicks for one entry.", "ease_of_use"),
    ("Turns out you had a module for it.", "perception_gap"),
    ("He talked about himself for an hour.", "sales_understanding"),
    ("The discount expired at midnight on Friday.", "sales_pressure"),
    ("By the time you replied we had signed elsewhere.", "sales_responsiveness"),
    ("Who would have trained the late shift?", "onboarding"),
    ("Nine months in and still nothing to show for it.", "time_to_value"),
    ("Three account managers in two years.", "handover"),
    ("We were told it would be ready, and it never was.", "broken_promise"),
    ("The contract rolled over for another year without a word.", "small_print"),
    ("We could not visit a single customer of our size.", "missing_proof"),
    ("My board asked what it would bring, and I had no answer for them.", "ammunition"),
    ("The woman who ran the project has left.", "champion_left"),
    ("Nobody ever picks up the phone.", "support"),
    ("He spoke to us like children.", "staff_attitude"),
    ("The server failed, and you said it was our network.", "failure_response"),
    ("It wasn't a hard choice: the other product was simply better.", "rival_better"),
    ("There was no real reason to change supplier.", "incumbent"),
    ("Our owner plays golf with their director.", "rival_relationship"),
    ("You failed our security review.", "security_legal"),
    ("The project quietly died.", "no_decision"),
    ("Ask us again in spring.", "timing"),
    ("The merger came first.", "priority_change"),
    ("Our own developers built a tool.", "in_house"),
    ("Nobody here ever logged in.", "never_used"),
    ("The warehouse we needed it for has been sold.", "project_ended"),
    ("We had hoped for more. Nothing has changed.", "expectations_missed"),
    ("It was more bother to log in than it was worth.", "inconvenience"),
    ("The company went into liquidation.", "involuntary"),
]


@pytest.mark.parametrize(("text", "reason"), GENERAL)
def test_general_language(text, reason):
    """Every reason is heard in words any programme's customers use."""
    assert primary(text) == reason


def test_every_reason_is_heard():
    from winloss.coding import codebook

    leaves = {code for code, row in codebook.read().reasons.items() if row.parent}

    assert leaves == {reason for _, reason in GENERAL}


@pytest.mark.parametrize("text", ["ÄÖ İSTANBUL", "İİİ price", "straße ẞ", ""])
def test_lower_case_keeps_places(text):
    """Also where a capital has two small letters."""
    assert len(lowered(text)) == len(text)


def test_spans_behind_odd_capitals():
    text = "İİİ İSTANBUL OFFICE: TOO EXPENSIVE"

    (code,) = CODER.code_text(text, "against").codes

    assert text[code.start : code.end] == "TOO EXPENSIVE"
