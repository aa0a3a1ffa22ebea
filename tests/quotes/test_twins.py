"""The same words are printed once, whoever wrote them."""

import csv
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.quotes.words import NAMES, answer, chosen, code, offered

from winloss import quotes
from winloss.quotes import twins

LONG = "We waited three weeks for the quote and then signed with somebody else."


@pytest.mark.parametrize(
    ("other", "is_twin"),
    [
        ("we waited THREE weeks, for the quote; and then signed with somebody else", True),
        ("We waited  three weeks for\nthe quote and then signed with somebody else!!", True),
        ("We waited three long weeks for the quote and then signed with somebody else.", True),
        ("We waited four weeks for the quote and then signed with someone else.", True),
        ("They waited three weeks for an offer and then signed nothing at all.", False),
        ("Three weeks we signed, then somebody else waited for the quote and else.", False),
    ],
)
def test_nearly_the_same(other: str, is_twin: bool) -> None:  # noqa: FBT001 (a table)
    """Case, marks, spaces and a word or two make no other text; more does."""
    heard = twins.Heard([twins.words(LONG)])

    assert heard.has_twin(twins.words(other)) is is_twin
    assert twins.Heard([twins.words(other)]).has_twin(twins.words(LONG)) is is_twin


def test_short_texts_are_twins_word_for_word() -> None:
    """Of few words one more is another text."""
    heard = twins.Heard([twins.words("Too expensive for us.")])

    assert heard.has_twin(twins.words("too expensive, for US"))
    assert not heard.has_twin(twins.words("Not expensive for us."))


@given(st.text(max_size=80), st.text(max_size=80))
def test_one_is_the_others_twin(one: str, other: str) -> None:
    """Both ways round, and everything is its own twin."""
    left, right = twins.words(one), twins.words(other)

    assert twins.Heard([left]).has_twin(left)
    assert twins.Heard([left]).has_twin(right) == twins.Heard([right]).has_twin(left)


def test_a_twin_is_not_printed_beside_its_twin() -> None:
    """Nobody of the second company has spoken, but their words have; the next ones are printed."""
    near = LONG.replace("three", "four").replace("somebody", "someone")
    texts = {"1": LONG, "2": near, "3": "The quote was three weeks late, so we had gone."}
    answers = [
        answer(key, text, account=f"A{key}", days_ago=int(key)) for key, text in texts.items()
    ]
    codes = [code(key, "sales_responsiveness", text, "quote") for key, text in texts.items()]
    frame = offered(answers, codes)
    first = chosen(frame, reason="sales_responsiveness")

    second = chosen(frame, reason="sales_responsiveness", taken=quotes.voices(frame, first))

    assert (first.response_id, second.response_id) == ("1", "3")


def test_a_twin_of_one_sentence_is_enough() -> None:
    """What was printed is the sentence, whatever else the two wrote around it."""
    said = "You never once called us back."
    answers = [
        answer("1", f"{said} The price was fine, as was the map.", account="A1"),
        answer(
            "2", f"{said.upper()} Good software for a yard of our size, in general.", account="A2"
        ),
    ]
    frame = offered(answers, [code("1", "support", answers[0]["text"], "called us back")])
    first = chosen(frame, reason="support")

    second = chosen(frame, taken=quotes.voices(frame, first))

    assert second.text == "Good software for a yard of our size, in general."


def test_words_printed_before_stay_printed() -> None:
    """The words of an earlier edition count whoever says them now."""
    import polars as pl

    printed = pl.DataFrame(
        [{"form_id": "f", "response_id": "9", "text": LONG, "span_start": 0, "span_end": 71}]
    )
    frame = offered([answer("1", LONG.upper())])

    assert chosen(frame).response_id == "1"
    assert quotes.choose(frame, names=NAMES, taken=quotes.spoken_before(printed)) is None


def test_thousands_of_the_same() -> None:
    """Twenty thousand answers, most of them the same words, are gone through in seconds."""
    taken = frozenset(f"words:it was too expensive for us number {n}" for n in range(200))
    texts = ["Too expensive.", "It was too expensive for us, number 7!", "too expensive for us"]
    rows = [answer(str(n), texts[n % 3], account=f"A{n}") for n in range(20_000)]
    taken |= {"words:too expensive for us", "words:too expensive"}
    frame = offered(rows)
    began = time.process_time()

    assert quotes.choose(frame, names=NAMES, taken=taken) is None
    assert time.process_time() - began < 10


def test_finds_planted_edits(shared_data: Path) -> None:
    """Of 500 tweets with one or two words changed nearly all are found, and few others are."""
    chance = random.Random(5)
    with (shared_data / "labelled" / "airline.csv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)][:2_500]
    heard = twins.Heard(map(twins.words, texts))
    long = [text for text in texts if len(text.split()) >= 10]
    edited = [_edited(text, chance) for text in chance.sample(long, 500)]
    shuffled = [" ".join(chance.sample(text.split(), len(text.split()))) for text in long[:500]]

    found = Counter(heard.has_twin(twins.words(text)) for text in edited)
    wrong = Counter(heard.has_twin(twins.words(text)) for text in shuffled)

    assert found[True] >= 470
    assert wrong[True] <= 5


def _edited(text: str, chance: random.Random) -> str:
    """One word left out and one replaced."""
    words = text.split()
    words[chance.randrange(len(words))] = "otherwise"
    del words[chance.randrange(len(words))]
    return " ".join(words)
