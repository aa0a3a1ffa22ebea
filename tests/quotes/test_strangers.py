"""What might be a stranger's name, and what is none."""

import csv
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.quotes.words import answer, offered

from winloss import quotes
from winloss.errors import QuoteError
from winloss.quotes import Names, lists
from winloss.quotes.spelling import folded

NAMES = Names.of(
    people=["Ana Ruiz"],
    companies=["Fernhill Foods"],
    kept=["Dockmaster Pro", "Quarry Yard", "Harbourline", "Annabel"],
)


def found(text: str, names: Names = NAMES) -> list[str]:
    return [text[start:end] for start, end in quotes.strangers(text, names)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My colleague Anna found it too slow.", "Anna"),
        ("We spoke to Ben about the migration.", "Ben"),
        ("Our buyer Tom said no.", "Tom"),
        ("The offer was made by Sandra.", "Sandra"),
        ("It was dear.\nRegards, Kim", "Kim"),
        ("It was dear.\n\nKind regards\nOlga Petrova", "Olga Petrova"),
        ("I am Olga, head of stores.", "Olga"),
        ("I'm Wojtek and I run the yard.", "Wojtek"),
        ("This is Mark from purchasing.", "Mark"),
        ("Priya's team did not like it.", "Priya"),
        ("In the end Priya's team did not like it.", "Priya"),
        ("Mr White promised March.", "White"),
        ("mr smith never called back", "smith"),
        ("Dr. Okafor was never told.", "Okafor"),
        ("Prof. Lindqvist asked twice.", "Lindqvist"),
        ("J. Smith signed it off.", "J. Smith"),
        ("In the end Wojciech decided.", "Wojciech"),
        ("Nobody but Kowalczyk knew the price.", "Kowalczyk"),
        ("Grace told us it was included.", "Grace"),
        ("We asked Will for a discount.", "Will"),
        ("We trusted Bill Harrison on this.", "Bill Harrison"),
        ("Thanks to Charlotte it went well.", "Charlotte"),
        ("we spoke to anna twice", "anna"),
        ("Jean-Luc explained the contract.", "Jean-Luc"),
        ("Your rep Dave oversold it.", "Dave"),
        ("Sarah O'Connor left your company.", "Sarah O'Connor"),
        ("Our CFO Ludwig van der Berg said no.", "Ludwig van der Berg"),
        ("Ana Kowalska was never told.", "Kowalska"),
        ("Once Rashid had gone, nobody answered.", "Rashid"),
        ("WE SPOKE TO ANNA TWICE", "ANNA"),
        ("The man called Ｔｅｒｒｙ was rude.", "Ｔｅｒｒｙ"),
    ],
)
def test_persons(text: str, name: str) -> None:
    """Titles, roles, greetings, signatures, given names, and what is in no dictionary."""
    assert found(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "We moved to SAP because our ERP needed it.",
        "Dockmaster was dearer than Quarry, said the Annabel people.",
        "On Monday in March the Germans and the French agreed.",
        "We chose London over Paris in May.",
        "Will you ever answer? May we ask? Mark my words.",
        "Excel and Salesforce worked, Harbourline did not.",
        "The API, the SDK and OAuth were fine.",
        "Great Service And Really Good Price From This Team.",
        "Das war uns leider zu teuer und die Einführung hat Monate gedauert.",
        "Zwanzig Prozent weniger, dann hätten wir das gerne noch einmal genommen.",
        "Our Head of IT said no. The Board agreed.",
        "I've said it. I'm done. You're late. Doesn't matter. Don't ask.",
        "Ana Ruiz told us. Fernhill Foods is us.",
        "We're an ISO certified shop in New York and San Antonio.",
        "Rich reporting. Frank talk. Hope it gets better. Grant us that.",
        "Thank you very much. Thanks Team! Dear Sir or Madam",
        "It was Soooo slow, gettin nowhere",
        "Write to anna@firm.example or @anna, Brilliant people.",
        "",
        "…!?",
    ],
)
def test_no_persons(text: str) -> None:
    """Products, rivals, ourselves, known names, the calendar, places, languages and plain words."""
    assert found(text) == []


def test_cleared() -> None:
    """What a person looked at is not asked again, in any case; a new word beside it is."""
    names = Names.of(cleared=["Zubair", "kowalska"])

    assert found("Only ZUBAIR and Zubair Kowalska knew.", names) == []
    assert found("We spoke to Zubair Petrova.", names) == ["Zubair Petrova"]


def test_called_a_person() -> None:
    """A word said to be a person is masked from then on, and its parts with it."""
    names = Names.of(people=["zubair petrova"])

    assert quotes.mask("Zubair told PETROVA so.", names).text == "[name] told [name] so."
    assert found("Zubair told Petrova so.", names) == []


def test_not_printed_until_looked_at() -> None:
    """A quote waits for a person, unless the programme says otherwise; no report gets past that."""
    text = "We only stayed because of Zubair."
    frame = offered([answer("1", text)])
    may = Names.of(may_print_unchecked=True)

    assert quotes.choose(frame, names=Names.of()) is None
    assert quotes.choose(frame, names=Names.of(cleared=["zubair"])) is not None
    printed = quotes.choose(frame, names=may)
    assert printed is not None
    assert printed.text == text
    quotes.verify(printed, text, may)
    with pytest.raises(QuoteError, match="nobody has looked at"):
        quotes.verify(printed, text, Names.of())


def test_only_the_sentence_counts() -> None:
    """A stranger elsewhere in the answer holds back nothing but their own sentence."""
    text = "We only stayed because of Zubair. The price was a third too high."

    quote = quotes.choose(offered([answer("1", text)]), names=Names.of())

    assert quote is not None
    assert quote.text == "The price was a third too high."


def test_held_back() -> None:
    """Consented answers are counted, and none where they are printed anyhow."""
    frame = offered([answer("1", "Ask Zubair about it.")])
    import polars as pl

    rows = pl.DataFrame(
        {
            "text": ["Ask Zubair about it.", "Ask us.", "Ask Zubair."],
            "may_quote": [*("named",) * 2, "counted"],
        }
    )

    assert frame.height == 1
    assert quotes.held_back(rows, Names.of()) == 1
    assert quotes.held_back(rows, Names.of(may_print_unchecked=True)) == 0


HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("AaZz. '’-\n\t,!de&\u200b\ud800😀ñÄ")), st.characters()
    ),
    max_size=120,
)


@settings(deadline=None, max_examples=300)
@given(HOSTILE)
@example("n't n't 'm I’m A. B. C. d'")
@example("Anna de de de de la")
def test_spans(text: str) -> None:
    """Whatever was typed: spans in order, apart, and not empty."""
    spans = quotes.strangers(text, NAMES)

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize(
    "piece", ["J. ", "Anna de ", "Mr ", "Zed Zed ", "thank you to ", "a-", "A'"]
)
def test_megabytes(piece: str) -> None:
    """A hundred thousand characters of any kind take seconds."""
    began = time.process_time()

    quotes.strangers(piece * (100_000 // len(piece)), NAMES)

    assert time.process_time() - began < 10


def test_few_texts_are_held_back(shared_data: Path) -> None:
    """Of real reviews about one in seventeen: most of those do name somebody."""
    with (shared_data / "labelled" / "feedback.csv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)]

    share = sum(bool(found(text)) for text in texts) / len(texts)

    assert 0.03 < share < 0.06


@pytest.mark.parametrize("name", ["everyday", "family", "given", "rarer"])
def test_lists(name) -> None:
    """Sorted, folded and once each, as the look-up needs them; with the notice they came with."""
    text = (Path(lists.__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    notice = (Path(lists.__file__).parent / "NOTICE.txt").read_text(encoding="utf-8")
    first, *words = text.splitlines()

    assert first.startswith("# ")
    assert words == sorted(set(words))
    assert all(folded(word) == (word,) for word in words)
    assert "Kevin Atkinson" in notice
    assert "Daniele Faraglia" in notice
