"""The rule coder: reasons, spans, denial, rivals, and what it leaves to people."""

import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winloss import coding
from winloss.coding import codebook
from winloss.coding.language import detect
from winloss.coding.rules.coder import RuleCoder

CODER = RuleCoder(codebook.read())
WHOLE = coding.coder(sentence_model=False)


def firm(text, stance):
    """The codes that are more than a guess."""
    return [code for code in CODER.code_text(text, stance).codes if not code.is_suggested]


def primary(text, stance="against"):
    """The primary reason, or None."""
    return next((code.reason for code in firm(text, stance) if code.is_primary), None)


def polarities(text, stance):
    return {code.reason: code.polarity for code in firm(text, stance)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Not the price but the onboarding scared us.", "onboarding"),
        ("It wasn't price, it was that nobody listened to us.", "sales_understanding"),
        ("It wasn't about support. Your quote came three weeks late.", "sales_responsiveness"),
        ("No complaints about onboarding, you were simply dearer.", "price_level"),
        ("No complaints about price, onboarding or support. It crashed daily.", "product_quality"),
        ("Price was fine, support wasn't.", "support"),
        ("The price didn't matter. Nobody in the team used it.", "never_used"),
        ("The price was not the problem, the renewal clause was.", "small_print"),
        ("Support was not bad but we closed the warehouse.", "project_ended"),
        ("Nothing to do with support, our budget was cut.", "budget"),
        ("Despite the price we wanted it. It would not talk to our ERP.", "integration"),
        ("Not only the training was poor.", "onboarding"),
    ],
)
def test_scope(text, reason):
    """What the clause denies or excuses is not the reason; what it only adds to is."""
    assert primary(text) == reason


def test_decisive_sentence_outranks_the_first():
    """The reason in the sentence that says what decided is primary, not the first one named."""
    text = "Support was slow. In the end the yearly contract was the deciding point."

    assert primary(text) == "price_model"
    assert primary("Support was slow. The yearly contract too.") in {"support", "price_model"}


@pytest.mark.parametrize(
    ("text", "stance", "reason", "polarity"),
    [
        ("Your support was slow.", "against", "support", "ours_bad"),
        ("Your support was great, the price was too high.", "against", "support", "ours_good"),
        ("Your support is great.", "for", "support", "ours_good"),
        ("The others had better support.", "against", "support", "theirs_good"),
        ("They were cheaper.", "against", "price_level", "theirs_good"),
        ("You were cheaper.", "for", "price_level", "ours_good"),
        ("We lost our budget.", "against", "budget", "neutral"),
        ("Something about training.", "none", "onboarding", "neutral"),
        ("It was not easy to use.", "against", "ease_of_use", "ours_bad"),
        ("It was never too expensive, and easy to use.", "for", "price_level", "ours_good"),
    ],
)
def test_polarity(text, stance, reason, polarity):
    """From the term, its negation, the rival in the clause, the judgement beside it, the stance."""
    assert polarities(text, stance)[reason] == polarity


def test_praise_explains_no_loss():
    """Praise alone under a defection, complaint alone under a win: a guess, a person looks."""
    left = CODER.code_text("Great support, thanks to everyone!", "against")
    won = CODER.code_text("The support was terrible and slow.", "for")

    assert [code.is_suggested for code in left.codes] == [True]
    assert left.needs_review
    assert [code.is_suggested for code in won.codes] == [True]
    assert won.needs_review


@pytest.mark.parametrize(
    "text", ["n/a", "None.", "-", "", "   ", "no comment", "😀", "nothing to add"]
)
def test_nothing_said(text):
    """An answer that says nothing is not work for a person."""
    coding = CODER.code_text(text, "against")

    assert (coding.codes, coding.needs_review) == ((), False)


def test_words_without_code():
    coding = CODER.code_text("Well, it is what it is, the river runs.", "against")

    assert (coding.codes, coding.needs_review) == ((), True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das war uns leider viel zu teuer, und der Support hat nie geantwortet.", "de"),
        ("Le logiciel était trop cher et personne ne nous a jamais rappelés.", "fr"),
    ],
)
def test_other_languages(text, language):
    """A language the codebook does not speak gets its name, no codes, and a person."""
    coding = CODER.code_text(text, "against")

    assert (coding.language, coding.codes, coding.needs_review) == (language, (), True)


@pytest.mark.parametrize("text", ["zu teuer", "trop cher", "", "12345 67890 12345 67890 12345"])
def test_short_texts_inherit(text):
    """Under 25 characters, or without letters, the survey's language counts."""
    assert detect(text) == "en"
    assert detect(text, "de") == "de"


PIECES = """price support not the but was slow great onboarding . , they cheaper never no Ärger 😀
 you expensive didn't fine ERP and too wasn't late quote ? \x00 \u202e promised nobody"""
TEXTS = st.lists(st.sampled_from([*PIECES.split(), "\n"]) | st.text(max_size=5), max_size=30).map(
    " ".join
)


@settings(deadline=None, max_examples=200)
@given(TEXTS, st.sampled_from(["against", "for", "none"]))
def test_spans_and_primary(text, stance):
    """Spans lie in the text, hold a whole word; codes have one primary and no reason twice."""
    codes = CODER.code_text(text, stance).codes
    reasons = [code.reason for code in codes]

    assert all(0 <= code.start < code.end <= len(text) for code in codes)
    assert all(text[code.start : code.end].strip() == text[code.start : code.end] for code in codes)
    assert all(0 < code.confidence < 1 for code in codes)
    assert sum(code.is_primary for code in codes) == bool(codes)
    assert sum(code.is_suggested for code in codes) in ({0, 1} if len(codes) == 1 else {0})
    assert len(reasons) == len(set(reasons))
    for code in codes:
        against = {"against": {"ours_good", "theirs_bad"}, "for": {"ours_bad", "theirs_good"}}
        is_firm = code.is_primary and not code.is_suggested
        assert not (is_firm and code.polarity in against.get(stance, set()))


def test_code_points():
    """Spans count code points behind characters of any width."""
    text = "😀é Größe: the price was too high"

    (code,) = CODER.code_text(text, "against").codes

    assert text[code.start : code.end] == "price was too high"


ANSWERS = ["Too expensive.", "Support never answered.", "They were cheaper.", "n/a", "Zu teuer!"]


def frame():
    rows = [(f"h{i}", text, s) for i, text in enumerate(ANSWERS) for s in ("against", "for")]
    return pl.DataFrame(rows, schema=["text_hash", "text", "stance"], orient="row")


def test_frames():
    """One coding per text and stance, codes with the promised columns and types."""
    codings, codes = WHOLE.code(frame())

    assert codings.height == 10
    assert codings.columns == ["text_hash", "stance", "language", "needs_review"]
    assert codes.schema["span_start"] == pl.Int64
    assert codes.schema["confidence"] == pl.Float64
    assert set(codes["coder"]) == {"rules"}
    assert set(codes["reason"]) <= set(codebook.read().reasons)


def test_order_and_batch_are_nothing():
    """Shuffled, doubled, or one by one: the same rows."""
    whole = WHOLE.code(frame())
    shuffled = WHOLE.code(pl.concat([frame(), frame()]).sample(fraction=1, shuffle=True, seed=3))
    single = [WHOLE.code(frame().slice(row, 1)) for row in range(10)]

    for place in (0, 1):
        assert shuffled[place].equals(whole[place])
        pieces = pl.concat([pair[place] for pair in single])
        assert pieces.sort(pieces.columns).equals(whole[place].sort(whole[place].columns))


def test_empty_frame():
    """No texts, no rows, and still every column."""
    codings, codes = WHOLE.code(frame().clear())

    assert (codings.height, codes.height) == (0, 0)
    assert "is_primary" in codes.columns


@pytest.mark.parametrize(
    "hostile", ["no " * 200_000, "price " * 100_000, "(" * 500_000, "a" * 500_000]
)
def test_megabytes(hostile):
    """Hostile size is cut off, not suffered."""
    began = time.monotonic()

    CODER.code_text(hostile, "against")

    assert time.monotonic() - began < 10


def test_examples_of_the_codebook():
    """Nine of ten of the codebook's own examples come out as the reason they stand for."""
    import csv

    from winloss import resources

    with (resources.folder("sql") / "seeds" / "reasons.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["example"]]

    right = sum(primary(row["example"]) == row["reason"] for row in rows)

    assert right >= 0.9 * len(rows)
