"""The sheet as one page: whole by itself, blind where it must be, and nothing in it runs."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from tests.reviewing.invented import BOOK, code, known, said, sheet, text

from winloss.reviewing.page import page, pieces
from winloss.reviewing.sampling import Wanted

HOSTILE = (
    '</script><script>window.hacked=1</script><img src="http://x.example/a.png" onerror="hack()">'
    " {{ 7 * 7 }} {% raw %} <!-- \u202egnp\u202c \u2028 &lt; support took days"
)
SURE = "Support took days and the invoice was wrong"


class Reader(HTMLParser):
    """Collects elements, what they refer to, and the sheet's data."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.references: list[str | None] = []
        self.data = ""
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.references += [value for name, value in attrs if name in ("src", "href", "action")]
        self._is_data = dict(attrs).get("id") == "sheet"

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data += data


def read(html: str) -> tuple[Reader, dict[str, Any]]:
    """The page's elements and its data."""
    reader = Reader()
    reader.feed(html)
    return reader, json.loads(reader.data)


@pytest.fixture(scope="module")
def html() -> str:
    """A page with a hostile text, a sure one and a blind one."""
    texts = [text(HOSTILE), text(SURE), text("Blind as a bat", draw="0")]
    codes = [
        code(HOSTILE, "support", "support took days"),
        code(SURE, "support", "Support took days"),
        code(SURE, "small_print", "took days and the invoice", is_primary=False),
        code("Blind as a bat", "ethics", "bat"),
    ]
    return page(sheet(known(texts, codes)), BOOK)


def test_whole_by_itself(html: str) -> None:
    """Nothing is fetched, nothing is sent, and only our script runs."""
    reader, _ = read(html)

    assert reader.references == []
    assert not {"link", "img", "iframe", "object", "form"} & set(reader.tags)
    assert reader.tags.count("script") == 2
    assert "default-src 'none'" in html
    assert html.count("sha256-") == 1


def test_hostile_words_are_words(html: str) -> None:
    """They are read, in the page and in its data, and obeyed in neither."""
    _, data = read(html)

    assert "<script>window" not in html
    assert "{{ 7 * 7 }}" in html
    assert "\u202e" not in html
    shown = [row["cells"][data["columns"].index("text")] for row in data["rows"]]
    assert any("</script><script>window.hacked=1" in words for words in shown)


def test_blind_rows_are_blind(html: str) -> None:
    """No reason, no highlighted word, not even in the data."""
    _, data = read(html)
    blind, *others = data["rows"]

    assert "Blind as a bat" in blind["cells"]
    assert blind["suggestions"] == []
    assert blind["cells"][data["columns"].index("suggested")] == ""
    assert ">bat</mark>" not in html
    assert all(row["suggestions"] for row in others)


def test_highlighted_where_suggestions_rest() -> None:
    """Spans that overlap are each numbered; together the pieces are the text."""
    codes = [
        code(SURE, "support", "Support took days"),
        code(SURE, "small_print", "took days and the invoice", is_primary=False),
    ]
    _, row = sheet(known([text("r", draw="0"), text(SURE)], codes)).rows

    found = pieces(row)

    assert "".join(piece.text for piece in found) == SURE
    assert [(piece.text, piece.numbers) for piece in found if piece.numbers] == [
        ("Support ", (1,)),
        ("took days", (1, 2)),
        (" and the invoice", (2,)),
    ]


def test_every_reason_with_its_meaning(html: str) -> None:
    """What may be given, once each, with definition, what belongs to it and what does not."""
    for reason in BOOK.given:
        assert html.count(f'data-reason="{reason}"') == 1
    known_reason = BOOK.reasons["small_print"]
    for words in (known_reason.definition, known_reason.include, known_reason.exclude):
        assert words.replace("'", "&#39;") in html


def test_no_row_says_who() -> None:
    """In a dispute neither reviewer is named."""
    people = said(SURE, "Ann Reviewer", ("support",)) + said(SURE, "Ben Reviewer", ())
    html = page(sheet(known([text(SURE)], people=people), Wanted(way="disputed")), BOOK)

    assert "Reviewer" not in html
    assert "said: no reason applies" in html
