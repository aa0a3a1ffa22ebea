"""The full edition: every figure with its query and the rows behind it."""

from html.parser import HTMLParser

import pytest

from winloss import numbers, render, resources


class Page(HTMLParser):
    """What a page shows in order, and whether it reaches outside itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.outside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "img", "link", "iframe"}:
            self.outside.append(tag)
        self.outside += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture
def html(harbourline, edition, settings, make) -> str:
    """The full edition of week 40."""
    weekly = make(harbourline.reader(), edition, settings)
    full = resources.load("reports", "full").make(None, edition, settings, weekly)
    return render.full(full)


def test_a_customer_speaks_first(html: str) -> None:
    """Before any heading of ours stands a customer's sentence."""
    assert html.index("After signing, we’d have been on our own.") < html.index("<h1>")


def test_every_lens_in_one_page(html: str) -> None:
    """All four lenses, and nothing fetched from anywhere."""
    page = Page(html)

    assert page.outside == []
    for name in ("drivers", "know_why", "prevention", "coverage", "queries"):
        assert f'<section id="{name}">' in html


def test_every_figure_names_query_and_rows(html: str) -> None:
    """A figure opens to its file; a handful of responses is not listed beside the quotes."""
    assert "sql/reports/drivers_week.sql · a handful of rows" in html
    assert "a-said" not in html
    assert "$as_of = timestamptz &#39;2026-10-05T04:00:00+00:00&#39;" in html
    assert "$team = null" in html


def test_rows_are_listed_from_five_on() -> None:
    """A count of five or more lists its responses, a smaller one does not."""
    ids = tuple("abcde")

    assert numbers.figure("many", 5, 9, "q.sql", ids).listed_ids == ids
    assert numbers.figure("few", 4, 9, "q.sql", ids[:4]).listed_ids == ()


def test_queries_are_printed_as_they_are(html: str) -> None:
    """Whoever reads the page can run what it counted, and sees on which file."""
    for path in (resources.folder("sql") / "reports").glob("*.sql"):
        needs = "-- Needs the work file." in path.read_text(encoding="utf-8")
        mark = ' <span class="quiet">needs the work file</span>' if needs else ""
        assert f"<summary>sql/reports/{path.name}{mark}</summary>" in html


def test_confidence_holds_here_too(html: str) -> None:
    """The response that may not be seen has no row of its own on the card."""
    assert "heard, in confidence" in html


def test_quiet_and_empty(programme, edition, settings, make) -> None:
    """Nothing to tell still makes a page."""
    weekly = make(programme.reader(), edition, settings)

    page = render.full(resources.load("reports", "full").make(None, edition, settings, weekly))

    assert "There is nothing to report yet." in page
