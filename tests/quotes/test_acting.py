"""Strangers that only what they do gives away: everyday words, small letters, other scripts."""

import pytest

from winloss import quotes
from winloss.quotes import Names

NAMES = Names.of(kept=["Karen Millen", "Annabel", "Dockmaster Pro"])


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in quotes.strangers(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("karen never called back", "karen"),
        ("KAREN never called us again", "KAREN"),
        ("i told steve twice", "steve"),
        ("mohammed was rude", "mohammed"),
        ("Grace lied to us", "Grace"),
        ("grace and Ben lied to us", "grace"),
        ("April lied to us", "April"),
        ("May never told us", "May"),
        ("Will was rude", "Will"),
        ("Rose is just not very helpful", "Rose"),
        ("Mark was promised a discount", "Mark"),
        ("Joy did not call back", "Joy"),
        ("will lied to us", "will"),
        ("jack lied", "jack"),
        ("Hope hung up on us", "Hope"),
        ("Singh lied", "Singh"),
        ("Smith never called back", "Smith"),
        ("Nguyen never called back", "Nguyen"),
        ("Your man Zhang lied", "Zhang"),
        ("Everything was fine until Laura left.", "Laura"),
        ("Leonie and Diane left.", "Leonie"),
    ],
)
def test_persons(text: str, name: str) -> None:
    """Plain given names in any case, and everyday words of which a person's doings are said."""
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "April was slow. Will was never an issue. Joy was short-lived.",
        "Rose tinted as it was, the bill was wrong. Mark was missed.",
        "Support was rude. Sales lied to us. The guy was rude. Service never answered.",
        "Both of us were told. We told them. They were rude.",
        "In May, told us nothing. It is on the fritz.",
        "sunny days never called for this",
        "Hope that helps. Grace. Was rude.",
    ],
)
def test_no_persons(text: str) -> None:
    """The same words, of which something else is said."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Мария обещала that it works", ["Мария", "обещала"]),
        ("Мария обещала нам скидку", ["Мария"]),
        ("李雷 promised us a discount", ["李雷"]),
        ("we asked 李雷 twice", ["李雷"]),
        ("वरुण lied to us", ["वरुण"]),
        ("价格 太 贵 了 我们 走 了", []),
        ("цена была слишком высокой для нас", []),
        ("It took 5 µs at 3 Ω each, naïve café.", []),
    ],
)
def test_other_scripts(text: str, names: list[str]) -> None:
    """A word in another script than those around it, or with a capital; plain words are none."""
    assert found(text) == names


def test_a_kept_name_hides_nobody() -> None:
    """A given name out of a longer kept name is judged; the whole name, and other parts, stay."""
    assert found("Karen never called back") == ["Karen"]
    assert found("Karen Millen never called back, KAREN MILLEN'S price") == []
    assert found("Millen was dearer, Dockmaster too, and Annabel was rude.") == []


@pytest.mark.parametrize("typed", ["Ka\u00adren", "\u200bKaren", "Kar\u200den", "ｋａｒｅｎ"])
def test_hidden_spelling(typed: str) -> None:
    """What is invisible or wide hides no name, and the span is of what was typed."""
    assert [each.strip("\u200b") for each in found(f"We told {typed} so.")] == [
        typed.strip("\u200b")
    ]
