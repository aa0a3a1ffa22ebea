"""The sample's words: many, all different, all invented, every founding idea among them."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

import winloss.sample
from winloss import resources

Entry = dict[str, Any]

WORDS = Path(winloss.sample.__file__).parent / "words"
FORMS = ("lost_deal", "cancellation", "won_deal", "pulse")
KEYS = {"text", "asks", "form", "reason", "also", "chosen", "language", "tone"}
AT_LEAST = {
    ("lost_deal", "reason"): 130,
    ("cancellation", "reason"): 90,
    ("won_deal", "reason"): 40,
    ("pulse", "right_deal"): 25,
    ("pulse", "missed"): 30,
    ("pulse", "incident"): 15,
}
AT_LEAST_OVER_FORMS = {"decisive_words": 50, "goal": 45, "missed": 65}

# A few words in which each founding idea is heard, so that no rewrite of the sample loses one.
IDEAS = {
    "the ladder from disappoint to defend": "You looked after our interests when it cost you",
    "cares more about me than the sale": "You defended yourselves, not us.",
    "what businesses defend instead": "You defended the rate card, not me.",
    "the lowest price or a defender": "paid ten per cent more for a firm that fights my corner",
    "talk about customers, value and team": "what does he say about us?",
    "talk in our own records": "called us tyre-kickers",
    "conviction": "Even your own salesman didn't sound certain you'd have stood by her.",
    "the promise ledger": "Three things were promised before we signed.",
    "guarantees with teeth": "The guarantee had no teeth.",
    "who carries the risk": "All the risk was ours.",
    "empty promises, too eager": "The keener you got the more I wondered",
    "sold by sales, met by service": "Sold by sales, met by nobody.",
    "qualify": "You should have told us we're too small for it.",
    "only promise what is kept": "You said no to one thing we asked for.",
    "proof": "Show me one cold store.",
    "why, from their perspective": "Your salesman will tell you it was price. It wasn't.",
    "the reasons we get wrong": "You'll have put us down as price, won't you?",
    "what they want to buy": "I said village, they said dashboard.",
    "about us or about the client": "Forty slides and all of them about Harbourline.",
    "goals nobody asked about": "No one ever asked what we were aiming at.",
    "nobody checked in": "nobody checked in after month two",
    "too late by then": "We decided in March. You asked in June.",
    "what did we miss": "That we'd gone quiet.",
    "focus in the questions asked": "no time at all on why we hesitated",
    "satisfied and leaving": "Satisfied, yes. Four out of five",
    "attitude and behaviour": "Don't mistake that for affection.",
    "loyal to a person": "I'm not loyal to Harbourline, I'm loyal to Pippa.",
    "having each other's back": "I've stood up for Harbourline in front of the board",
    "able and committed": "Being able and being bound are two things.",
    "knowing their trade and the rival's": "save me from an expensive mistake",
    "questions that betray ignorance": "He asked me what a reefer was. We're a reefer terminal.",
    "office politics": "The warehouse manager holds the purse.",
    "ammunition": "Nobody armed me to sell it upstairs.",
    "made to look bad": "You made me look a fool",
    "the moment loyalty was tested": "When we needed you most you sent a survey.",
    "advised against self": "He told us not to buy the camera module",
    "regret": "I'm not sure it was right.",
    "what they should not have to ask": "I shouldn't have to ask for a warning",
    "condescension": "I was spoken to like a child.",
    "small print": "Page 23, in a box, in grey.",
    "respect goes both ways": "respect has to go both ways",
    "a nuisance": "Asking for help made us a nuisance.",
    "the extra mile": "Three things that'd be going the extra mile",
    "what each gives": "You gave us a mug.",
    "cheaper to keep": "It would have cost you one visit a quarter to keep us.",
    "a standard, not a skill": "Good service shouldn't be luck, it should be a rule.",
}


def read(name: str) -> Any:
    """The content of one words file."""
    return yaml.safe_load((WORDS / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return [entry for form in FORMS for entry in read(form)]


@pytest.fixture(scope="module")
def leaves() -> set[str]:
    reasons = pl.read_csv(resources.folder("sql") / "seeds" / "reasons.csv")
    return set(reasons.filter(pl.col("parent").fill_null("") != "")["reason"])


def test_shape(entries: list[Entry]) -> None:
    """Every entry has the same keys, words in it, and stands in the file of its form."""
    strays = [entry for entry in entries if set(entry) != KEYS or not entry["text"].strip()]
    misfiled = [entry for form in FORMS for entry in read(form) if entry["form"] != form]

    assert strays == []
    assert misfiled == []


def test_counts(entries: list[Entry]) -> None:
    """A year of answers finds enough words for every question that has some."""
    by_form = Counter((entry["form"], entry["asks"]) for entry in entries)
    by_role = Counter(entry["asks"] for entry in entries)

    assert len(entries) >= 420
    assert {key: by_form[key] for key in AT_LEAST if by_form[key] < AT_LEAST[key]} == {}
    assert all(by_role[role] >= count for role, count in AT_LEAST_OVER_FORMS.items())
    assert set(by_role) == {*AT_LEAST_OVER_FORMS, "reason", "right_deal", "incident"}


def test_no_text_twice(entries: list[Entry]) -> None:
    """No text repeats another, and no sentence of one stands in another."""
    sentences = Counter(
        sentence.casefold()
        for entry in entries
        for sentence in re.split(r"(?<=[.!?])\s+|\n", entry["text"])
        if len(sentence) > 12
    )

    assert len({entry["text"].casefold() for entry in entries}) == len(entries)
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_reasons_are_codes(entries: list[Entry], leaves: set[str]) -> None:
    """Every reason named is a leaf of the codebook, and every leaf is somebody's reason."""
    primary = {entry["reason"] for entry in entries} - {None}
    others = {code for entry in entries for code in (entry["chosen"], *entry["also"])} - {None}

    assert primary == leaves
    assert others <= leaves


def test_contributing_reasons_differ(entries: list[Entry]) -> None:
    """A contributing reason is never the primary one again, and never stands without one."""
    assert [
        e for e in entries if e["reason"] in e["also"] or len(set(e["also"])) < len(e["also"])
    ] == []
    assert [e for e in entries if e["also"] and e["reason"] is None] == []


@pytest.mark.parametrize("form", ["lost_deal", "cancellation", "won_deal"])
def test_tick_and_words_disagree(entries: list[Entry], form: str) -> None:
    """About a third tick something other than what they wrote, most of them price."""
    told = [e for e in entries if e["form"] == form and e["asks"] == "reason" and e["reason"]]
    apart = [e for e in told if e["chosen"] and e["chosen"] != e["reason"]]
    ticked_price = [e for e in apart if e["chosen"] == "price_level"]

    assert 0.25 <= len(apart) / len(told) <= 0.4
    assert len(ticked_price) > len(apart) / 2


def test_ticks_only_beside_the_open_question(entries: list[Entry]) -> None:
    """Only the entry that says what happened carries the same person's tick."""
    assert [e for e in entries if e["chosen"] and e["asks"] != "reason"] == []


def test_price_and_start_among_lost_deals(entries: list[Entry]) -> None:
    """Price is truly the reason of about one lost deal in six, and the start of about as many."""
    lost = [e["reason"] for e in entries if e["form"] == "lost_deal" and e["asks"] == "reason"]
    told = [reason for reason in lost if reason]

    assert 0.12 <= told.count("price_level") / len(told) <= 0.22
    assert 0.15 <= sum(r in {"onboarding", "handover"} for r in told) / len(told) <= 0.25


def test_languages_and_oddities(entries: list[Entry]) -> None:
    """Other languages, hostile input, an emoji, a signature and the nearly empty are there."""
    languages = Counter(entry["language"] for entry in entries)
    texts = [entry["text"] for entry in entries]
    hostile = [text for text in texts if "<script>" in text]

    assert set(languages) == {"en", "de", "fr", "es"}
    assert languages["en"] > 0.95 * len(entries)
    assert all(text.startswith("=cmd") and "{{" in text and "\u202e" in text for text in hostile)
    assert len(hostile) == 1
    assert {".", "n/a"} <= set(texts)
    assert any("😍" in text for text in texts)
    assert any("\n" in text and "Tel." in text for text in texts)


def test_lengths(entries: list[Entry]) -> None:
    """Some say one word, some tell a story, and many fit a subject line."""
    lengths = sorted(len(entry["text"]) for entry in entries)

    assert sum(length <= 40 for length in lengths) >= 60
    assert sum(length >= 350 for length in lengths) >= 15


@pytest.mark.parametrize("words", IDEAS.values(), ids=IDEAS.keys())
def test_founding_idea(entries: list[Entry], words: str) -> None:
    """The idea is heard in a customer's words."""
    assert any(words in entry["text"] for entry in entries)


def test_addresses_are_invented(entries: list[Entry]) -> None:
    """No mail address or web page that could be somebody's."""
    found = [d for e in entries for d in re.findall(r"(?:@|https?://|www\.)([\w.-]+)", e["text"])]

    assert found
    assert {domain.lower().rstrip(".") for domain in found} <= {"example.com", "example.org"}


def test_sellers() -> None:
    """Twelve sellers in three teams, some of them named by customers, and sixty notes."""
    content = read("sellers")
    sellers, notes = content["sellers"], content["seller_notes"]
    everything = " ".join(entry["text"] for form in FORMS for entry in read(form))
    named = [s for s in sellers if any(part in everything for part in s["name"].split())]

    assert [s["seller_id"] for s in sellers] == [f"s{number:02}" for number in range(1, 13)]
    assert Counter(s["team"] for s in sellers) == {"North": 4, "South": 4, "Ports": 4}
    assert len({s["name"] for s in sellers}) == 12
    assert len(named) >= 8
    assert len({note["text"] for note in notes}) == len(notes) >= 60
    assert {note["form"] for note in notes} == {"lost_deal", "cancellation", "won_deal"}
    assert {note["value"] for note in notes} <= {
        *("Price", "Features", "Timing", "Competitor"),
        *("Support", "No budget", "Relationship", "Other"),
    }


def test_companies() -> None:
    """Enough invented accounts and people, each once, over every sector and segment."""
    content = read("companies")
    accounts = content["accounts"]

    assert len({account["name"] for account in accounts}) == len(accounts) >= 160
    assert {account["segment"] for account in accounts} == {"small", "mid-market", "enterprise"}
    assert {account["sector"] for account in accounts} == {
        *("food producer", "warehouse", "haulier", "shipper", "port")
    }
    assert len(set(content["first_names"])) == len(content["first_names"]) >= 40
    assert len(set(content["last_names"])) == len(content["last_names"]) >= 40
    assert len(content["roles"]) >= 10
